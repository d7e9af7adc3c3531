import type { Call } from "../service.ts";
import { type Item, item } from "./edits.ts";
import type { Fault, FaultContext } from "./fault.ts";

/** What forms, filters and databases do to texts on their way in. */
const changes: readonly { name: string; what: string; change: (text: string) => string }[] = [
  { name: "plus-as-space", what: "turns plus signs into spaces", change: (it) => it.replaceAll("+", " ") },
  {
    name: "percent-decoded",
    what: "decodes percent-encoding in values",
    change: (it) =>
      it.replaceAll(/%([2-7][0-9A-Fa-f])/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
  },
  {
    name: "cut-at-ampersand",
    what: "cuts values at an ampersand",
    change: (it) => it.split("&", 1)[0] ?? "",
  },
  {
    name: "entities-decoded",
    what: "decodes HTML entities in values",
    change: (it) => it.replaceAll("&amp;", "&").replaceAll("&lt;", "<").replaceAll("&#39;", "'"),
  },
  {
    name: "quotes-slashed",
    what: "puts backslashes before quotes",
    change: (it) => it.replaceAll(/["'\\]/g, "\\$&"),
  },
  { name: "backslashes-lost", what: "drops backslashes", change: (it) => it.replaceAll("\\", "") },
  {
    name: "tags-stripped",
    what: "drops whatever looks like markup",
    change: (it) => it.replaceAll(/<[^>]*>/g, ""),
  },
  {
    name: "spaces-collapsed",
    what: "turns several spaces into one",
    change: (it) => it.replaceAll(/ {2,}/g, " "),
  },
  {
    name: "beyond-the-plane-lost",
    what: "loses characters outside the Basic Multilingual Plane, such as emoji, as a column of three-byte UTF-8 does",
    change: (it) => it.replaceAll(/[\u{10000}-\u{10FFFF}]/gu, "?"),
  },
  { name: "composed", what: "composes letters and their accents (NFC)", change: (it) => it.normalize("NFC") },
  {
    name: "encoded-twice",
    what: "takes UTF-8 for Latin-1 and encodes it again",
    change: (it) => Buffer.from(it, "utf8").toString("latin1"),
  },
  { name: "cut-at-128", what: "cuts values after 128 characters", change: (it) => it.slice(0, 128) },
  {
    name: "zeros-lost",
    what: "reads digits as a number, and loses leading zeros",
    change: (it) => (/^\d+$/.test(it) ? String(Number(it)) : it.replaceAll(/(?<=\s)0+(?=\d+(\s|$))/g, "")),
  },
];

function changed(call: Call, { model }: FaultContext, change: (text: string) => string): Call {
  const kept = new Set([model.names.type, model.names.enabled]);
  return { ...call, form: call.form.map(([name, value]) => [name, kept.has(name) ? value : change(value)]) };
}

const onTheWayIn: readonly Fault[] = (["create", "update"] as const).flatMap((kind) =>
  changes.map(({ name, what, change }) => ({
    name: `${kind}-${name}`,
    description: `${kind === "create" ? "A create" : "An update"} ${what}.`,
    operations: [kind],
    understand: (call: Call, context: FaultContext) => changed(call, context, change),
  })),
);

const onTheWayOut: readonly Fault[] = (["list", "read"] as const).map((kind) => ({
  name: `${kind}-name-encoded-twice`,
  description: `${kind === "list" ? "The list" : "A read"} shows names whose UTF-8 was taken for Latin-1 and encoded again.`,
  operations: [kind],
  answer: item((it: Item, { model }) => ({
    ...it,
    [model.names.name]: Buffer.from(String(it[model.names.name]), "utf8").toString("latin1"),
  })),
}));

/** Bytes around the JSON. */
const around: readonly { name: string; what: string; before: string; after: string }[] = [
  { name: "byte-order-mark", what: "JSON with a byte order mark before it", before: "\uFEFF", after: "" },
  {
    name: "warning-before",
    what: "JSON with a PHP warning before it",
    before: "<br />\n<b>Warning</b>:  Undefined array key in <b>index.php</b> on line <b>1</b><br />\n",
    after: "",
  },
  {
    name: "comment-after",
    what: "JSON with an HTML comment after it",
    before: "",
    after: "\n<!-- 0.02 s -->",
  },
  { name: "zero-after", what: "JSON with a NUL character after it", before: "", after: "\0" },
];

const bytes: readonly Fault[] = (["list", "read", "create", "update"] as const).flatMap((kind) =>
  around.map(
    ({ name, what, before, after }) =>
      ({
        name: `${kind}-${name}`,
        description: `${{ list: "The list", read: "A read", create: "A create", update: "An update" }[kind]} answers ${what}.`,
        operations: [kind],
        answer: (answer) =>
          answer.body === "" ? answer : { ...answer, body: `${before}${answer.body}${after}` },
      }) satisfies Fault,
  ),
);

const charsets: readonly Fault[] = (["list", "read"] as const).map((kind) => ({
  name: `${kind}-charset-latin1`,
  description: `${kind === "list" ? "The list" : "A read"} says that its JSON is in ISO-8859-1.`,
  operations: [kind],
  answer: (answer) => ({
    ...answer,
    headers: { ...answer.headers, "content-type": "application/json; charset=iso-8859-1" },
  }),
}));

/** Values that are changed on their way, and bytes that are no part of the JSON. */
export const valueFaults: readonly Fault[] = [...onTheWayIn, ...onTheWayOut, ...bytes, ...charsets];
