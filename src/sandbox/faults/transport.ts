import type { OperationKind } from "../../description/index.ts";
import { empty, failure } from "../answer.ts";
import { body, contentType, idle, is, isError, isSuccess, serverError, status, when } from "./edits.ts";
import type { Fault } from "./fault.ts";

/** All kinds of operation. */
export const everyKind: readonly OperationKind[] = ["list", "read", "create", "update", "delete"];

const page = "<!doctype html><html><head><title>Welcome</title></head><body><h1>Welcome</h1></body></html>";

const htmlPage = when(isSuccess, (answer) => ({
  status: answer.status,
  headers: { "content-type": "text/html; charset=utf-8" },
  body: page,
}));

const elsewhere = when(isSuccess, () => ({
  status: 302,
  headers: { location: "https://elsewhere.example/api/notification-handlers" },
  body: "",
}));

const truncated = when(isSuccess, (answer) => ({ ...answer, body: answer.body.slice(0, -2) }));

const noBody = when(isSuccess, ({ status: code }) => empty(code));

const what: Record<OperationKind, string> = {
  list: "The list",
  read: "Reading",
  create: "Creating",
  update: "Updating",
  delete: "Deleting",
};

const unusualStatuses = [
  { kind: "list", code: 206 },
  { kind: "read", code: 203 },
  { kind: "create", code: 201 },
  { kind: "update", code: 202 },
  { kind: "delete", code: 202 },
] as const;

const statuses: readonly Fault[] = unusualStatuses.map(({ kind, code }) => ({
  name: `${kind}-status-${code}`,
  description: `${what[kind]} answers ${code} instead of 200.`,
  operations: [kind],
  answer: when(isSuccess, status(code)),
}));

const perKind: readonly Fault[] = everyKind.map((kind) => ({
  name: `${kind}-fails`,
  description: `${what[kind]} answers 500 and does nothing.`,
  operations: [kind],
  store: idle,
  answer: when(isSuccess, serverError),
}));

const perJsonKind: readonly Fault[] = (["list", "read", "create", "update"] as const).flatMap(
  (kind): Fault[] => [
    {
      name: `${kind}-content-type-text`,
      description: `${what[kind]} answers its JSON as text/plain.`,
      operations: [kind],
      answer: when(isSuccess, contentType("text/plain; charset=utf-8")),
    },
    {
      name: `${kind}-html-page`,
      description: `${what[kind]} answers 200 with an HTML page.`,
      operations: [kind],
      answer: htmlPage,
    },
    {
      name: `${kind}-json-truncated`,
      description: `${what[kind]} answers JSON that is cut off.`,
      operations: [kind],
      answer: truncated,
    },
  ],
);

const perReadKind: readonly Fault[] = (["list", "read"] as const).flatMap((kind): Fault[] => [
  {
    name: `${kind}-empty-body`,
    description: `${what[kind]} answers 200 without a body.`,
    operations: [kind],
    answer: noBody,
  },
  {
    name: `${kind}-redirect-elsewhere`,
    description: `${what[kind]} redirects to another host.`,
    operations: [kind],
    answer: elsewhere,
  },
  {
    name: `${kind}-connection-reset`,
    description: `${what[kind]} ends with a reset connection.`,
    operations: [kind],
    delivery: "reset",
  },
  {
    name: `${kind}-late`,
    description: `${what[kind]} answers after 30 seconds.`,
    operations: [kind],
    delivery: { delay: 30_000 },
  },
]);

const others: readonly Fault[] = [
  {
    name: "list-json-trailing-comma",
    description: "The list answers JSON with a trailing comma, as some documentation pages show it.",
    operations: ["list"],
    answer: when(isSuccess, (answer) => ({ ...answer, body: answer.body.replace(/\}$/, ",}") })),
  },
  {
    name: "read-json-twice",
    description: "Reading answers its JSON twice in a row.",
    operations: ["read"],
    answer: when(isSuccess, (answer) => ({ ...answer, body: answer.body + answer.body })),
  },
  {
    name: "create-no-content",
    description: "Creating answers 200 without a body, so that the id stays unknown.",
    operations: ["create"],
    answer: noBody,
  },
  {
    name: "update-no-content",
    description: "Updating answers 200 without a body.",
    operations: ["update"],
    answer: noBody,
  },
  {
    name: "delete-fails-after-deleting",
    description: "Deleting answers 500 although the handler is gone.",
    operations: ["delete"],
    answer: when(isSuccess, serverError),
  },
  {
    name: "rate-limited-forever",
    description: "Every request is answered with 429, however long the client waits.",
    operations: everyKind,
    store: idle,
    answer: () => failure(429, "Too many requests.", { "retry-after": "1" }),
  },
  {
    name: "errors-without-list",
    description: "Errors bodies have a message instead of the list of errors.",
    operations: everyKind,
    answer: when(isError, (answer) => ({
      ...answer,
      body: JSON.stringify({ message: "Something is wrong." }),
    })),
  },
  {
    name: "errors-as-object",
    description: "The errors are an object with a key per field, not a list.",
    operations: everyKind,
    answer: errors(() => ({ field: "Something is wrong." })),
  },
  {
    name: "errors-status-as-text",
    description: "The status in an error is a string.",
    operations: everyKind,
    answer: errors((list) => list.map((it) => ({ ...it, status: String(it.status) }))),
  },
  {
    name: "errors-status-differs",
    description: "The status in an error is not the status code of the answer.",
    operations: everyKind,
    answer: errors((list) => list.map((it) => ({ ...it, status: 200 }))),
  },
  {
    name: "errors-without-title",
    description: "Errors have a status, but no title.",
    operations: everyKind,
    answer: errors((list) => list.map(({ status: code }) => ({ status: code }))),
  },
  {
    name: "errors-as-html",
    description: "Errors are HTML pages.",
    operations: everyKind,
    answer: when(isError, (answer) => ({
      ...answer,
      headers: { ...answer.headers, "content-type": "text/html; charset=utf-8" },
      body: page,
    })),
  },
  {
    name: "errors-with-200",
    description: "Errors are answered with status 200 and the right body.",
    operations: everyKind,
    answer: when(isError, status(200)),
  },
  {
    name: "bad-request-as-422",
    description: "A bad request is answered with 422 instead of 400, also in the errors body.",
    operations: everyKind,
    answer: when(is(400), () => failure(422, "The request can't be processed.")),
  },
  {
    name: "bad-request-as-500",
    description: "A bad request is answered with 500 instead of 400, also in the errors body.",
    operations: everyKind,
    answer: when(is(400), serverError),
  },
];

function errors(edit: (list: { title: string; status: number }[]) => unknown): NonNullable<Fault["answer"]> {
  return when(isError, (answer) => {
    const { errors: list } = JSON.parse(answer.body) as { errors: { title: string; status: number }[] };
    return { ...answer, body: JSON.stringify({ errors: edit(list) }) };
  });
}

/** Answers without what is around their data. */
const envelopes: readonly Fault[] = [
  {
    name: "read-without-envelope",
    description: "Reading answers the handler itself, not under data.",
    operations: ["read"],
    answer: body<{ data: unknown }>(({ data }) => data),
  },
  {
    name: "read-data-as-list",
    description: "Reading answers a list with one handler in it.",
    operations: ["read"],
    answer: body<{ data: unknown }>(({ data }) => ({ data: [data] })),
  },
  {
    name: "create-without-envelope",
    description: "Creating answers the id itself, not under data.",
    operations: ["create"],
    answer: body<{ data: unknown }>(({ data }) => data),
  },
  {
    name: "list-data-as-object",
    description: "The handlers of a list are an object with a key per position, not an array.",
    operations: ["list"],
    answer: body<{ data: unknown[] }>(({ data, ...rest }) => ({ data: { ...data }, ...rest })),
  },
];

/** Statuses, media types, connections and envelopes: deviations around the data. */
export const protocolFaults: readonly Fault[] = [
  ...statuses,
  ...perKind,
  ...perJsonKind,
  ...perReadKind,
  ...others,
  ...envelopes,
];
