import { describe, expect, test } from "vitest";
import { descriptionNames, familyName, instanceEntry, instanceNames } from "../../src/description/index.ts";
import { filtered } from "../instances.ts";
import { ask, expectHonoured, form, key, serveMocks, titlesOf } from "./harness.ts";

const mocks = serveMocks();

interface Refused {
  given: string;
  method?: string;
  path: string;
  headers?: Record<string, string>;
  fields?: Record<string, string>;
  body?: string;
  status: number;
  title: RegExp;
  /** The operation whose description the answer must honour, where the contract has that status for it. */
  id?: string;
}

const list = "/notification-handlers";
const one = "/notification-handlers/1";
const json = { ...key, "content-type": "application/json" };

const cases: Refused[] = [
  {
    given: "no key",
    path: `${list}/`,
    headers: {},
    status: 401,
    title: /no API key/,
    id: "listNotificationHandlers",
  },
  {
    given: "no key in a create",
    method: "POST",
    path: list,
    headers: {},
    fields: { name: "x", type: "email" },
    status: 401,
    title: /no API key/,
    id: "createNotificationHandler",
  },
  {
    given: "an empty key",
    path: one,
    headers: { authorization: "Bearer " },
    status: 401,
    title: /no API key/,
    id: "getNotificationHandler",
  },
  {
    given: "another scheme",
    path: one,
    headers: { authorization: "Basic dTpw" },
    status: 401,
    title: /does not have the scheme Bearer: send the header Authorization: Bearer (?!.*dTpw)/,
    id: "getNotificationHandler",
  },
  {
    given: "an unknown path",
    path: "/notification-handler",
    status: 404,
    title: /nothing at \/notification-handler in/,
  },
  { given: "a path below a handler", path: `${one}/x`, status: 404, title: /nothing at/ },
  { given: "the base URL itself", path: "", status: 404, title: /nothing at/ },
  { given: "invalid percent-encoding", path: `${list}/%ZZ`, status: 404, title: /percent-encoded/ },
  {
    given: "an id that is no number",
    path: `${list}/abc`,
    status: 404,
    title: /notification_handler_id must be an integer, not "abc"/,
    id: "getNotificationHandler",
  },
  {
    given: "an id with an exponent",
    method: "DELETE",
    path: `${list}/1e3`,
    status: 404,
    title: /notification_handler_id/,
    id: "deleteNotificationHandler",
  },
  { given: "an id of zero", path: `${list}/0`, status: 404, title: /notification_handler_id/ },
  {
    given: "an id that no number can hold",
    path: `${list}/9007199254740993`,
    status: 404,
    title: /notification_handler_id/,
  },
  { given: "a NUL as id", path: `${list}/%00`, status: 404, title: /notification_handler_id/ },
  {
    given: "another method",
    method: "PUT",
    path: list,
    status: 405,
    title: /PUT is not possible .* GET, HEAD, POST, OPTIONS/,
  },
  {
    given: "a method of other protocols",
    method: "PROPFIND",
    path: list,
    status: 405,
    title: /PROPFIND is not possible/,
  },
  {
    given: "a create at the list with its slash",
    method: "POST",
    path: `${list}/`,
    fields: { name: "x", type: "email" },
    status: 405,
    title: /POST is not possible/,
  },
  {
    given: "a page size that is not allowed",
    path: `${list}?results_per_page=7`,
    status: 400,
    title: /^results_per_page must be one of 10, 25, 50, 100, 250, 500, 1000, not 7\.$/,
    id: "listNotificationHandlersByLink",
  },
  {
    given: "a page that is no number",
    path: `${list}/?page=two`,
    status: 400,
    title: /^page must be an integer, not "two"\.$/,
    id: "listNotificationHandlers",
  },
  {
    given: "an empty page",
    path: `${list}/?page=`,
    status: 400,
    title: /^page must be an integer, not empty\.$/,
    id: "listNotificationHandlers",
  },
  {
    given: "an empty type",
    method: "POST",
    path: list,
    fields: { name: "x", type: "" },
    status: 400,
    title: /^type must be one of email, .*, not empty\.$/,
    id: "createNotificationHandler",
  },
  {
    given: "an unknown type",
    method: "POST",
    path: list,
    fields: { name: "x", type: "pigeon" },
    status: 400,
    title: /^type must be one of email, .*, not "pigeon"\.$/,
    id: "createNotificationHandler",
  },
  {
    given: "no type",
    method: "POST",
    path: list,
    fields: { name: "x" },
    status: 400,
    title: /^type is required but missing; it is one of email, /,
  },
  {
    given: "no name",
    method: "POST",
    path: list,
    fields: { type: "email", email: "x" },
    status: 400,
    title: /^name is required but missing \(type email\)\.$/,
  },
  {
    given: "a field of another type",
    method: "POST",
    path: list,
    fields: { name: "x", type: "email", webhook: "https://example.com/" },
    status: 400,
    title: /^webhook belongs to type webhook, not to email, whose fields are /,
  },
  {
    given: "a field of another type in an update",
    method: "POST",
    path: one,
    fields: { type: "webhook", email: "hello@example.com" },
    status: 400,
    title: /^email belongs to type email, not to webhook/,
    id: "updateNotificationHandler",
  },
  {
    given: "a flag that is none",
    method: "POST",
    path: one,
    fields: { is_enabled: "7" },
    status: 400,
    title: /^is_enabled must be one of 0, 1, not 7\.$/,
    id: "updateNotificationHandler",
  },
  {
    given: "the word false as a flag",
    method: "POST",
    path: one,
    fields: { is_enabled: "false" },
    status: 400,
    title: /^is_enabled must be one of 0, 1, not "false"\.$/,
  },
  {
    given: "a field that nothing has",
    method: "POST",
    path: one,
    fields: { nmae: "x" },
    status: 400,
    title: /^"nmae" is not a field here; the fields are name, /,
  },
  {
    given: "JSON",
    method: "POST",
    path: list,
    headers: json,
    body: '{"name":"x","type":"email"}',
    status: 400,
    title: /must be multipart\/form-data, but Content-Type says "application\/json"/,
  },
  {
    given: "broken JSON",
    method: "POST",
    path: list,
    headers: json,
    body: "{",
    status: 400,
    title: /must be multipart\/form-data/,
  },
  {
    given: "an urlencoded form",
    method: "POST",
    path: list,
    headers: { ...key, "content-type": "application/x-www-form-urlencoded" },
    body: "name=x&type=email",
    status: 400,
    title: /must be multipart\/form-data/,
  },
  {
    given: "a broken content type",
    method: "POST",
    path: list,
    headers: { ...key, "content-type": ";;" },
    body: "x",
    status: 400,
    title: /must be multipart\/form-data|Content-Type/,
  },
  {
    given: "no body",
    method: "POST",
    path: list,
    status: 400,
    title: /has no body/,
    id: "createNotificationHandler",
  },
  {
    given: "no body in an update",
    method: "POST",
    path: one,
    status: 400,
    title: /has no body/,
    id: "updateNotificationHandler",
  },
];

describe.each(instanceNames)("%s refuses", (instance) => {
  test.each(cases)(
    "$given: $status",
    async ({ method = "GET", path, headers = key, fields, body, status, title, id }) => {
      const sent = fields === undefined ? body : form(fields);
      const init = { method, headers, ...(sent === undefined ? {} : { body: sent }) };
      const answer = await ask(mocks.baseUrl(instance) + path, init);
      expect(answer.status, answer.text).toBe(status);
      const titles = titlesOf(answer);
      expect(titles).toHaveLength(1);
      expect(titles[0]).toMatch(title);
      if (status === 405) expect(answer.headers.get("allow")).toMatch(/^[A-Z]+(, [A-Z]+)*$/);
      if (status === 401) expect(answer.headers.get("www-authenticate")).toBe("Bearer");
      if (id !== undefined) expectHonoured(instance, id, answer);
    },
  );

  test("a body over one mebibyte: 413, and the next request is served", async () => {
    const body = form({ name: "x".repeat(1024 * 1024), type: "email" });
    const answer = await ask(`${mocks.baseUrl(instance)}/notification-handlers`, {
      method: "POST",
      headers: key,
      body,
    });
    expect(answer.status).toBe(413);
    expect(titlesOf(answer)).toHaveLength(1);
    expect((await ask(`${mocks.baseUrl(instance)}/notification-handlers/1`, { headers: key })).status).toBe(
      200,
    );
  });
});

test("a type is refused where the instance lacks it", async () => {
  for (const instance of descriptionNames) {
    const { types, open } = instanceEntry(instance);
    for (const type of [...instanceEntry(familyName).types, "pigeon"]) {
      const body = form({ name: "x", type });
      const url = `${mocks.baseUrl(instance)}/notification-handlers`;
      const answer = await ask(url, { method: "POST", headers: key, body });
      expect(answer.status, `${instance} ${type}`).toBe(open || types.includes(type) ? 200 : 400);
      if (answer.status === 400)
        expect(titlesOf(answer)).toEqual([expect.stringMatching(new RegExp(`not "${type}"\\.$`))]);
    }
  }
});

test("a filter is checked where it is documented, and ignored elsewhere", async () => {
  for (const instance of descriptionNames) {
    const { parameters, open, listPath } = instanceEntry(instance);
    for (const query of [
      "is_enabled=7",
      "type=pigeon",
      "datetime_start=2026-05-01",
      "datetime_start=31-02-2026 00:00:00",
      "datetime_end=01-02-2026 25:00:00",
      "order_type=asc",
      "search_by=id",
    ]) {
      const [name = ""] = query.split("=");
      const isTaken = !(name in parameters) || (open && name === "type");
      const answer = await ask(`${mocks.baseUrl(instance)}${listPath}?${query}`, { headers: key });
      expect(answer.status, `${instance} ${query}`).toBe(isTaken ? 200 : 400);
    }
  }
});

test("each fault has its own entry", async () => {
  const url = `${mocks.baseUrl(filtered)}/notification-handlers?results_per_page=7&is_enabled=7`;
  expect(titlesOf(await ask(url, { headers: key }))).toEqual([
    expect.stringMatching(/^results_per_page/),
    expect.stringMatching(/^is_enabled/),
  ]);
});

test("an instance that is not mocked", async () => {
  const answer = await ask(`${mocks.baseUrl("example.com")}/notification-handlers`, { headers: key });
  expect(answer.status).toBe(404);
  expect(titlesOf(answer)).toEqual([
    expect.stringMatching(
      /^There is no mock at \/mock\/example\.com\/api\/.*, each at \/mock\/<name>\/api\.$/,
    ),
  ]);
});

test("a fault that is asked for: a mock has none", async () => {
  const headers = { ...key, "sandbox-fault": "list-fails" };
  const answer = await ask(`${mocks.baseUrl(filtered)}/notification-handlers`, { headers });
  expect(answer.status).toBe(400);
  expect(titlesOf(answer)).toEqual([expect.stringContaining("Prefer: code=")]);
});

test("values that may be secret are not repeated", async () => {
  const body = form({ name: "x", type: "email", telegram: "123:TOKEN" });
  const answer = await ask(`${mocks.baseUrl(filtered)}/notification-handlers`, {
    method: "POST",
    headers: key,
    body,
  });
  expect(answer.status).toBe(400);
  expect(answer.text).not.toContain("TOKEN");
});

test("the log says why a request was refused, and nothing of its key", async () => {
  const headers = { authorization: "Bearer s3cr3t" };
  const body = form({ name: "n", type: "slack", telegram: "1000:TOKEN" });
  await ask(`${mocks.baseUrl(filtered)}${list}`, { method: "POST", headers, body });
  await expect
    .poll(() => mocks.log.at(-1)?.msg)
    .toMatch(/^POST \S+ 400 in \d+ ms: telegram belongs to type telegram, not to slack/);
  expect(JSON.stringify(mocks.log)).not.toMatch(/s3cr3t|1000:TOKEN/);
});
