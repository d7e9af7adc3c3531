import { expect, test } from "vitest";
import { createClient, NotificationHandlersError, toDate, unlistedType } from "../../src/client/index.ts";
import { base, handler, json, key, page, rejection, script, scripted } from "./script.ts";

const handlers = `${base}/notification-handlers`;
const id = { data: { id: 7 } };

test.each([
  ["list", (c) => c.list(), page([1]), "GET", `${handlers}/`, null],
  [
    "list, a page",
    (c) => c.list({ page: 2, results_per_page: 50 }),
    page([1]),
    "GET",
    `${handlers}/?page=2&results_per_page=50`,
    null,
  ],
  [
    "list, flags as booleans",
    (c) => c.list({ is_enabled: false }),
    page([1]),
    "GET",
    `${handlers}/?is_enabled=0`,
    null,
  ],
  [
    "list, flags as the wire has them",
    (c) => c.list({ is_enabled: 1 }),
    page([1]),
    "GET",
    `${handlers}/?is_enabled=1`,
    null,
  ],
  [
    "list, a Date",
    (c) => c.list({ datetime_start: new Date("2026-05-13T23:30:00+02:00") }),
    page([1]),
    "GET",
    `${handlers}/?datetime_start=13-05-2026%2021%3A30%3A00`,
    null,
  ],
  [
    "list, a datetime as text",
    (c) => c.list({ datetime_end: "13-05-2026 00:00:00" }),
    page([1]),
    "GET",
    `${handlers}/?datetime_end=13-05-2026%2000%3A00%3A00`,
    null,
  ],
  [
    "list, text of all kinds",
    (c) => c.list({ search: "a&b=c#?+ü🔔" }),
    page([1]),
    "GET",
    `${handlers}/?search=a%26b%3Dc%23%3F%2B%C3%BC%F0%9F%94%94`,
    null,
  ],
  ["list, undefined", (c) => c.list({ search: undefined }), page([1]), "GET", `${handlers}/`, null],
  ["get", (c) => c.get(7), json({ data: handler(7) }), "GET", `${handlers}/7`, null],
  [
    "create",
    (c) => c.create({ type: "email", name: "Ops", email: undefined }),
    json(id),
    "POST",
    handlers,
    [
      ["type", "email"],
      ["name", "Ops"],
    ],
  ],
  [
    "create, a type that is not listed",
    (c) =>
      c.create({
        type: unlistedType("whatsapp"),
        name: "Ops",
        whatsapp: "+1",
        silent: true,
        tries: undefined,
      }),
    json(id),
    "POST",
    handlers,
    [
      ["type", "whatsapp"],
      ["name", "Ops"],
      ["whatsapp", "+1"],
      ["silent", "1"],
    ],
  ],
  [
    "list, a type that is not listed",
    (c) => c.list({ type: unlistedType("whatsapp") }),
    page([1]),
    "GET",
    `${handlers}/?type=whatsapp`,
    null,
  ],
  [
    "update",
    (c) => c.update(7, { is_enabled: false, name: "x" }),
    json(id),
    "POST",
    `${handlers}/7`,
    [
      ["is_enabled", "0"],
      ["name", "x"],
    ],
  ],
  [
    "update, true",
    (c) => c.update(7, { is_enabled: true }),
    json(id),
    "POST",
    `${handlers}/7`,
    [["is_enabled", "1"]],
  ],
  ["delete", (c) => c.delete(7), new Response(""), "DELETE", `${handlers}/7`, null],
] as [string, (c: ReturnType<typeof createClient>) => Promise<unknown>, Response, string, string, unknown][])(
  "%s sends what the pages document",
  async (_, run, answer, method, url, form) => {
    const { client, asked } = scripted([answer]);
    await run(client);
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({ method, url, form, redirect: "manual" });
    expect(asked[0]?.headers.get("authorization")).toBe(`Bearer ${key}`);
  },
);

test("methods give what is in the answer", async () => {
  const { client } = scripted([json({ data: handler(7) }), json(id), json(id), page([1, 2])]);
  expect(await client.get(7)).toEqual(handler(7));
  expect(await client.create({ type: "email", name: "x" })).toEqual({ id: 7 });
  expect(await client.update(7, {})).toEqual({ id: 7 });
  expect(Object.keys(await client.list())).toEqual(["data", "meta", "links"]);
});

test.each([
  ["empty", new Response("")],
  ["without content", new Response(null, { status: 204 })],
  ["null", json(null)],
  ["an empty list, as PHP writes an empty map", json([])],
  ["JSON", json({ data: { id: 7 } })],
])("delete takes an answer that is %s", async (_, answer) => {
  expect(await scripted([answer]).client.delete(7)).toBeUndefined();
});

test("a handler of a type that is not listed is data, and is told apart by its type", async () => {
  const other = { ...handler(7), type: "whatsapp", settings: { whatsapp: "+1" } };
  const read = await scripted([json({ data: other })]).client.get(7);
  expect(read).toEqual(other);
  expect(read.type === unlistedType("whatsapp") && read.settings.whatsapp).toBe("+1");
  expect(read.type === unlistedType("viber")).toBe(false);
});

test.each([[""], [undefined], [5]])("a type that is %j is refused", (type) => {
  expect(() => unlistedType(type as string)).toThrow(
    expect.objectContaining({ code: "invalid_argument", message: "type must be a non-empty string" }),
  );
});

test("settings that are an empty list do not break anything", async () => {
  const odd = { ...handler(7), settings: [] };
  expect(await scripted([json({ data: odd })]).client.get(7)).toEqual(odd);
});

test("an instance has its own base URL, another one when it is told, and every one a slash too many", async () => {
  const { fetch, asked } = script(page([1]), page([1]), page([1]));
  await createClient({ instance: "k.aws.bj", apiKey: key, fetch }).list();
  await createClient({
    instance: "k.aws.bj",
    baseUrl: new URL("http://localhost:1/x/api/"),
    apiKey: key,
    fetch,
  }).list();
  await createClient({ baseUrl: "http://localhost:1/y//", apiKey: key, fetch }).list();
  expect(asked.map(({ url }) => url)).toEqual([
    "https://k.aws.bj/api/notification-handlers/",
    "http://localhost:1/x/api/notification-handlers/",
    "http://localhost:1/y/notification-handlers/",
  ]);
});

test("the key may come from a function, which is asked before every request", async () => {
  let n = 0;
  const apiKey = async () => `key-${++n}`;
  const { client, asked } = scripted([page([1]), new Response("no", { status: 503 }), page([1])], {
    apiKey,
    retry: { baseDelay: 0 },
  });
  await client.list();
  await client.list();
  expect(asked.map(({ headers }) => headers.get("authorization"))).toEqual([
    "Bearer key-1",
    "Bearer key-2",
    "Bearer key-3",
  ]);
});

test("headers are sent, and neither they nor the caller's Content-Type stand in for the client's own", async () => {
  const headers = { "x-trace": "1", authorization: "Bearer other", "content-type": "application/json" };
  const { client, asked } = scripted([json(id), json(id)], { headers });
  await client.create({ type: "email", name: "x" });
  await client.http.POST("/notification-handlers", {
    body: { type: "email", name: "y" },
    headers: { "Content-Type": "multipart/form-data" },
  });
  for (const { headers } of asked) {
    expect(headers.get("x-trace")).toBe("1");
    expect(headers.get("authorization")).toBe(`Bearer ${key}`);
    expect(headers.get("content-type")).toMatch(/^multipart\/form-data; boundary=/);
  }
  expect(asked[1]?.form).toEqual([
    ["type", "email"],
    ["name", "y"],
  ]);
});

test.each([
  ["no options", undefined, /^instance or baseUrl is needed: one of tistos.com, .* URL of another instance$/],
  ["neither instance nor base URL", { apiKey: key }, /^instance or baseUrl is needed/],
  ["an unknown instance", { instance: "nope", apiKey: key }, /must be one of \S+,/],
  ["an unknown instance with a base URL", { instance: "nope", baseUrl: base, apiKey: key }, /must be one of/],
  ["a name that every object has", { instance: "constructor", apiKey: key }, /must be one of/],
  [
    "a base URL that is none",
    { baseUrl: "host/api", apiKey: key },
    /baseUrl must be an http or https URL like https/,
  ],
  [
    "another protocol",
    { baseUrl: "ftp://host/api", apiKey: key },
    /baseUrl must be an http or https URL like https/,
  ],
  ["a password in the base URL", { baseUrl: "https://u:pass@host/api", apiKey: key }, /baseUrl must be/],
  ["a query in the base URL", { baseUrl: "https://host/api?x=1", apiKey: key }, /baseUrl must be/],
  ["no key", { baseUrl: base }, /^apiKey is empty; is the environment variable set\?$/],
  ["an empty key", { baseUrl: base, apiKey: "" }, /^apiKey is empty; is the environment variable set\?$/],
  ["a key with a line end", { baseUrl: base, apiKey: "my-key\n" }, /without spaces/],
  ["a key beyond ASCII", { baseUrl: base, apiKey: "my-kéy" }, /apiKey must be text/],
])("%s: fails at once, clearly", (_, options, message) => {
  let error: unknown;
  try {
    createClient(options as never);
  } catch (caught) {
    error = caught;
  }
  expect(error).toBeInstanceOf(NotificationHandlersError);
  expect(error).toMatchObject({ code: "invalid_argument", message: expect.stringMatching(message) });
  expect(String(error)).not.toMatch(/my-k|pass@/);
});

test.each([
  ["a null", (c) => c.create({ type: "email", name: null }), /"name"/],
  ["an object", (c) => c.update(1, { name: {} }), /"name"/],
  ["a list", (c) => c.update(1, { name: ["a"] }), /"name"/],
  ["a number that is none", (c) => c.update(1, { name: Number.NaN }), /"name"/],
  ["a stream for a body", (c) => c.create(new ReadableStream()), /plain object/],
  ["search parameters for a query", (c) => c.list(new URLSearchParams("page=2")), /plain object/],
  ["no body", (c) => c.create(undefined), /plain object/],
  ["a text for a body", (c) => c.create("x"), /plain object/],
  ["a null in a query", (c) => c.list({ search: null }), /"search"/],
  ["a list in a query", (c) => c.list({ type: ["email"] }), /"type"/],
  ["an invalid Date", (c) => c.list({ datetime_start: new Date("x") }), /"datetime_start"/],
  ["an id with a fraction", (c) => c.get(1.5), /integer/],
  ["an id that is text", (c) => c.update("1/../2", {}), /integer/],
  ["no id", (c) => c.delete(undefined), /integer/],
  ["a form by way of http", (c) => c.http.POST("/notification-handlers", { body: { name: null } }), /"name"/],
  // biome-ignore lint/suspicious/noExplicitAny: what JavaScript callers hand in
] as [string, (c: any) => Promise<unknown>, RegExp][])(
  "%s is refused before anything is sent",
  async (_, run, message) => {
    const { client, asked } = scripted([]);
    const error = await rejection(run(client));
    expect(error).toBeInstanceOf(NotificationHandlersError);
    expect(error).toMatchObject({ code: "invalid_argument", message: expect.stringMatching(message) });
    expect(asked).toEqual([]);
  },
);

test("toDate reads datetimes of answers in UTC", () => {
  expect(toDate("2026-05-13 15:01:12").toISOString()).toBe("2026-05-13T15:01:12.000Z");
  expect(toDate(null)).toBeNull();
  for (const wrong of [
    "",
    "2026-05-13",
    "13-05-2026 15:01:12",
    "2026-02-30 00:00:00",
    "2026-05-13T15:01:12Z",
  ]) {
    expect(() => toDate(wrong)).toThrow(NotificationHandlersError);
  }
});

test("http is the openapi-fetch client: both outcomes as values, and middleware that never sees the key", async () => {
  const { client } = scripted([page([1]), json({ errors: [{ title: "no", status: 404 }] }, { status: 404 })]);
  const seen: (string | null)[] = [];
  client.http.use({ onRequest: ({ request }) => void seen.push(request.headers.get("authorization")) });
  const list = await client.http.GET("/notification-handlers/", { params: { query: { page: 1 } } });
  expect(list.data?.data[0]?.id).toBe(1);
  const params = { path: { notification_handler_id: 9 } };
  const one = await client.http.GET("/notification-handlers/{notification_handler_id}", { params });
  expect(one.error).toEqual({ errors: [{ title: "no", status: 404 }] });
  expect(one.response.status).toBe(404);
  expect(seen).toEqual([null, null]);
});
