import { describe, expect, test } from "vitest";
import {
  at,
  instanceEntry,
  instanceNames,
  isNode,
  loadDescription,
  rolesOf,
} from "../../src/description/index.ts";
import { filtered, plain } from "../instances.ts";
import { ask, expectHonoured, form, key, serveMocks } from "./harness.ts";

const mocks = serveMocks();

/** The calls of the documentation pages; the list is where each page has it. */
const calls = [
  { id: "listNotificationHandlers", method: "GET", path: undefined },
  { id: "getNotificationHandler", method: "GET", path: "/notification-handlers/1" },
  {
    id: "createNotificationHandler",
    method: "POST",
    path: "/notification-handlers",
    fields: { name: "Example", type: "email", email: "[email protected]" },
  },
  {
    id: "updateNotificationHandler",
    method: "POST",
    path: "/notification-handlers/1",
    fields: { name: "Example new name", is_enabled: "1" },
  },
  { id: "deleteNotificationHandler", method: "DELETE", path: "/notification-handlers/1" },
];

/** The body that `curl --form` sends for the fields. */
function curlForm(fields: Record<string, string>): { headers: Record<string, string>; body: string } {
  const boundary = "------------------------d74496d66958873e";
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return {
    headers: { ...key, "content-type": `multipart/form-data; boundary=${boundary}` },
    body: `${parts.join("")}--${boundary}--\r\n`,
  };
}

describe.each(instanceNames)("%s", (instance) => {
  const { about, operations } = loadDescription(instance);
  const { pageQuery, listByLink, update } = rolesOf(loadDescription(instance));
  const has = ({ id }: { id: string }) => operations.some((operation) => operation.id === id);
  test.each(calls.filter(has))("$method $path", async ({ id, method, path, fields }) => {
    const answer = await ask(mocks.baseUrl(instance) + (path ?? about.listPath), {
      method,
      headers: key,
      ...(fields === undefined ? {} : curlForm(fields)),
    });
    expect(answer.status).toBe(200);
    expectHonoured(instance, id, answer);
  });

  test.each(calls.filter((call) => call.fields !== undefined && has(call)))(
    "$method $path with FormData",
    async (call) => {
      const body = form(call.fields ?? {});
      const answer = await ask(`${mocks.baseUrl(instance)}${call.path}`, {
        method: call.method,
        headers: key,
        body,
      });
      expect(answer.status).toBe(200);
      expectHonoured(instance, call.id, answer);
    },
  );

  test("the list as links name it, and every page size", async () => {
    for (const size of about.parameters.results_per_page?.values ?? []) {
      const url = `${mocks.baseUrl(instance)}/notification-handlers?page=2&results_per_page=${size}`;
      const answer = await ask(url, { headers: key });
      expect(answer.status).toBe(200);
      expectHonoured(instance, listByLink.id, answer);
    }
  });

  test("the list shows the page's own handler, and every type of the instance to those who ask", async () => {
    const url = `${mocks.baseUrl(instance)}${about.listPath}`;
    const types = async (headers: Record<string, string>) => {
      const { data } = (await ask(url, { headers: { ...key, ...headers } })).body as {
        data: { type: string }[];
      };
      return data.map(({ type }) => type);
    };
    expect(await types({})).toHaveLength(1);
    expect(await types({ prefer: "example=every_type" })).toEqual(about.types);
  });

  test("links are in the instance's own form, lead to the mock and can be followed", async () => {
    const url = `${mocks.baseUrl(instance)}${about.listPath}`;
    const answer = await ask(url, { headers: { ...key, prefer: "example=middle_page" } });
    const { links } = answer.body as { links: Record<string, string> };
    for (const [name, page] of Object.entries({ first: 1, prev: 1, self: 2, next: 3, last: 3 })) {
      const link = links[name] ?? "";
      expect(link).toBe(`${mocks.baseUrl(instance)}/notification-handlers${pageQuery}${page}`);
      const followed = await ask(link, { headers: key });
      expect(followed.status).toBe(200);
      expectHonoured(instance, listByLink.id, followed);
    }
  });

  test("links lead to the host that the client named, whatever proxies say", async () => {
    const { port } = new URL(mocks.origin);
    const headers = { ...key, "x-forwarded-host": "evil.example", "x-forwarded-proto": "https" };
    const answer = await ask(`http://localhost:${port}/mock/${instance}/api${about.listPath}`, {
      headers,
    });
    const { links } = answer.body as { links: { first: string } };
    expect(links.first).toContain(`http://localhost:${port}/mock/${instance}/api/notification-handlers?`);
  });

  test("creates and updates every example of the contract", async () => {
    const { document } = loadDescription(instance);
    const examples = at(document, "#/components/examples");
    const entries = Object.entries(isNode(examples) ? examples : {});
    expect(entries).toHaveLength((update === undefined ? 1 : 2) * about.types.length);
    for (const [name, example] of entries) {
      const value = isNode(example) && isNode(example.value) ? example.value : {};
      const body = form(Object.entries(value).map(([field, it]) => [field, String(it)] as const));
      const path = name.startsWith("Create") ? "/notification-handlers" : "/notification-handlers/1";
      const answer = await ask(mocks.baseUrl(instance) + path, { method: "POST", headers: key, body });
      expect(answer.status, `${name}: ${answer.text}`).toBe(200);
    }
  });
});

test("filters are taken where the instance documents them", async () => {
  const { parameters, listPath } = instanceEntry(filtered);
  const filters = {
    search: "100 %_'\"",
    search_by: "name",
    is_enabled: "0",
    type: instanceEntry(filtered).types.at(-1) ?? "",
    datetime_field: "last_datetime",
    datetime_start: "01-05-2026 00:00:00",
    datetime_end: "31-05-2026 23:59:59",
    order_by: "notification_handler_id",
    order_type: "ASC",
  };
  expect(Object.keys(parameters)).toEqual(expect.arrayContaining(Object.keys(filters)));
  const url = `${mocks.baseUrl(filtered)}${listPath}?${new URLSearchParams(filters)}`;
  expect((await ask(url, { headers: key })).status).toBe(200);
});

test("HEAD has the headers of GET and no body", async () => {
  for (const path of ["/notification-handlers/", "/notification-handlers", "/notification-handlers/1"]) {
    const get = await ask(mocks.baseUrl(plain) + path, { headers: key });
    const head = await ask(mocks.baseUrl(plain) + path, { method: "HEAD", headers: key });
    expect(head.status).toBe(200);
    expect(head.text).toBe("");
    expect(head.headers.get("content-type")).toBe(get.headers.get("content-type"));
    expect(head.headers.get("content-length")).toBe(String(Buffer.byteLength(get.text)));
  }
});

test("any Accept gets JSON", async () => {
  for (const accept of [
    "text/html",
    "application/xml;q=0.9, */*;q=0.1",
    "nonsense",
    "application/json;q=0",
  ]) {
    const answer = await ask(`${mocks.baseUrl(plain)}/notification-handlers/1`, {
      headers: { ...key, accept },
    });
    expect(answer.status).toBe(200);
    expectHonoured(plain, "getNotificationHandler", answer);
  }
});

test("undocumented query parameters are ignored and named in the log", async () => {
  const url = `${mocks.baseUrl(plain)}/notification-handlers/?search=x&results_per_page=10&__proto__=1`;
  expect((await ask(url, { headers: key })).status).toBe(200);
  expect(mocks.log.map(({ msg }) => msg)).toContain(
    `Ignored: ${plain} documents no query parameter search, __proto__ for listNotificationHandlers`,
  );
});

test("keys are not logged, nor are bodies", async () => {
  const headers = { authorization: "Bearer s3cr3t" };
  await ask(`${mocks.baseUrl(plain)}/notification-handlers/`, { headers });
  const lines = mocks.log.length;
  const body = form({ type: "email", name: "unlogged-name", email: "unlogged@example.com" });
  const wrong = form({
    type: "email",
    name: "unlogged-name",
    email: "x",
    "unlogged-field": "unlogged-value",
  });
  for (const sent of [body, wrong])
    await ask(`${mocks.baseUrl(plain)}/notification-handlers`, { method: "POST", headers, body: sent });
  await expect.poll(() => mocks.log.length).toBeGreaterThanOrEqual(lines + 2);
  const log = JSON.stringify(mocks.log);
  for (const secret of ["s3cr3t", "unlogged-name", "unlogged@example.com", "unlogged-value"])
    expect(log).not.toContain(secret);
});

test.each(["x", "7", "MiXeD+/=~.:", "k".repeat(4000), "two words", "caf\u00e9"])(
  "%j is a key",
  async (text) => {
    const answer = await ask(`${mocks.baseUrl(plain)}/notification-handlers/`, {
      headers: { authorization: `Bearer ${text}` },
    });
    expect(answer.status).toBe(200);
  },
);
