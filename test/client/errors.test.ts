import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { createClient, NotificationHandlersError } from "../../src/client/index.ts";
import { type Answer, base, failed, handler, json, key, page, rejection, scripted } from "./script.ts";

const html = (status = 200) =>
  new Response("<!doctype html><title>Log in</title>", { status, headers: { "content-type": "text/html" } });

const refused = Object.assign(new TypeError("fetch failed"), {
  cause: Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:1"), { code: "ECONNREFUSED" }),
});

test.each([
  [
    "an error of the instance",
    failed(400, "name is required"),
    {
      code: "http",
      status: 400,
      errors: [{ title: "name is required", status: 400 }],
      message: "GET /notification-handlers/7: 400 - name is required",
    },
  ],
  [
    "several errors",
    json(
      {
        errors: [
          { title: "a", status: 400 },
          { title: "b", status: 400 },
        ],
      },
      { status: 400 },
    ),
    { message: "GET /notification-handlers/7: 400 - a - b" },
  ],
  ["an error page of a proxy", html(502), { code: "http", status: 502, errors: [] }],
  [
    "an error with JSON of another shape",
    json({ errors: "no" }, { status: 404 }),
    { code: "http", status: 404, errors: [] },
  ],
  [
    "an error whose entries are odd",
    json({ errors: [null, 5, {}] }, { status: 400 }),
    { code: "http", status: 400, errors: [], message: "GET /notification-handlers/7: 400" },
  ],
  [
    "an error whose entries have no text",
    json({ errors: [{ title: { toString: 1 } }] }, { status: 404 }),
    { code: "http", status: 404, errors: [], message: "GET /notification-handlers/7: 404" },
  ],
  [
    "an error whose entry has another status, and one whose entry has none",
    json(
      {
        errors: [
          { title: "a", status: 409 },
          { title: "b", status: "409" },
        ],
      },
      { status: 400 },
    ),
    {
      errors: [
        { title: "a", status: 409 },
        { title: "b", status: 400 },
      ],
    },
  ],
  ["an error whose body is null", json(null, { status: 400 }), { code: "http", status: 400, errors: [] }],
  ["an error that breaks off", new Response(broken().body, { status: 400 }), { code: "http", status: 400 }],
  [
    "an error without a body",
    new Response(null, { status: 401, statusText: "Unauthorized" }),
    { code: "http", status: 401, message: "GET /notification-handlers/7: 401" },
  ],
  ["a page for people that says 200", html(), { code: "html", status: 200 }],
  [
    "a page for people that says it is JSON",
    new Response("\n <html>", { headers: { "content-type": "application/json" } }),
    { code: "html" },
  ],
  ["truncated JSON", new Response('{"data":{"id":7,"na'), { code: "invalid_json", status: 200 }],
  ["an empty answer", new Response(""), { code: "unexpected_shape" }],
  ["no content", new Response(null, { status: 204 }), { code: "unexpected_shape" }],
  [
    "JSON that is no object",
    json("x"),
    { code: "unexpected_shape", message: expect.stringContaining("lacks data") },
  ],
  ["null", json(null), { code: "unexpected_shape" }],
  ["JSON without data", json({ handler: handler(7) }), { code: "unexpected_shape" }],
  ["data that is a list", json({ data: [] }), { code: "unexpected_shape" }],
  [
    "a connection that is refused",
    refused,
    { code: "network", message: expect.stringContaining("ECONNREFUSED"), errors: [], refused: true },
  ],
  [
    "a fetch that fails without a cause",
    new TypeError("Failed to fetch"),
    { code: "network", message: "GET /notification-handlers/7: TypeError: Failed to fetch", refused: false },
  ],
  ["a fetch that fails with no error at all", () => Promise.reject(undefined), { code: "network" }],
  ["a body that breaks off", () => broken(), { code: "network", status: 200 }],
  ["a fetch that gives no response", () => undefined as never, { code: "network" }],
] as [string, Answer, object][])("%s throws the client's own error", async (_, answer, expected) => {
  const { client } = scripted([answer], { retry: false });
  const error = await rejection(client.get(7));
  expect(error).toBeInstanceOf(NotificationHandlersError);
  expect(error).toMatchObject({ method: "GET", path: "/notification-handlers/7", ...expected });
});

test.each([
  ["data is no list", { data: {}, meta: {}, links: {} }],
  ["there is no meta", { data: [], links: {} }],
  ["links are a list", { data: [], meta: {}, links: [] }],
])("a list whose %s has an unexpected shape", async (_, body) => {
  expect(await rejection(scripted([json(body)]).client.list())).toMatchObject({ code: "unexpected_shape" });
});

test("a delete that meets a page for people has not deleted anything", async () => {
  expect(await rejection(scripted([html()]).client.delete(7))).toMatchObject({
    code: "html",
    method: "DELETE",
  });
});

test("http tells the same failures apart", async () => {
  const params = { path: { notification_handler_id: 7 } };
  for (const [answer, code] of [
    [html(), "html"],
    [new Response("{"), "invalid_json"],
    [refused, "network"],
  ] as const) {
    const { client } = scripted([answer]);
    const run = client.http.GET("/notification-handlers/{notification_handler_id}", { params });
    expect(await rejection(run)).toMatchObject({ name: "NotificationHandlersError", code });
  }
  const { client } = scripted([new Response("<html>"), new Response("")]);
  const text = { params, parseAs: "text" } as const;
  const { data } = await client.http.GET("/notification-handlers/{notification_handler_id}", text);
  expect(data).toBe("<html>");
  expect(
    (await client.http.DELETE("/notification-handlers/{notification_handler_id}", { params })).data,
  ).toBeUndefined();
});

const typed = (body: string, type: string, status = 200) =>
  new Response(body, { status, headers: { "content-type": type } });

test.each([
  [
    "an HTML page",
    typed("<!doctype html>\n<title>Log in</title>", "text/html; charset=utf-8"),
    "html",
    "the answer is an HTML page (text/html; charset=utf-8): <!doctype html> <title>Log in</title>",
  ],
  [
    "an HTML page with an error status",
    typed("<html><h1>502 Bad Gateway</h1>", "text/html", 502),
    "http",
    "502 - the answer is an HTML page (text/html): <html><h1>502 Bad Gateway</h1>",
  ],
  [
    "a warning of PHP before JSON",
    typed('<br />\n<b>Warning</b>:  Undefined variable $a in <b>x.php</b><br />\n{"data":{}}', "text/html"),
    "invalid_json",
    'the answer is a message of PHP (text/html): <br /> <b>Warning</b>: Undefined variable $a in <b>x.php</b><br /> {"data":{}}',
  ],
  [
    "a warning of PHP as plain text",
    typed("\nPHP Fatal error: Allowed memory size exhausted", "text/plain"),
    "invalid_json",
    "the answer is a message of PHP (text/plain): PHP Fatal error: Allowed memory size exhausted",
  ],
  [
    "JSON that is cut off in a text",
    typed('{"data":{"id":7,"name":"a\\"b', "application/json"),
    "invalid_json",
    'the answer is JSON that is cut off after 28 characters (application/json): {"data":{"id":7,"name":"a\\"b',
  ],
  [
    "JSON that is cut off after a bracket",
    typed('{"data":{"id":7}', "application/json"),
    "invalid_json",
    'the answer is JSON that is cut off after 16 characters (application/json): {"data":{"id":7}',
  ],
  [
    "JSON that is cut off where a text has a bracket",
    typed('{"data":{"id":7},"name":"]}', "application/json"),
    "invalid_json",
    'the answer is JSON that is cut off after 27 characters (application/json): {"data":{"id":7},"name":"]}',
  ],
  [
    "broken JSON whose texts have quotes and brackets",
    typed('{"name":"a\\"[","last":"\\\\",}', "application/json"),
    "invalid_json",
    'the answer is broken JSON (application/json): {"name":"a\\"[","last":"\\\\",}',
  ],
  [
    "a text with a tag and a bracket",
    typed("OK, see <b>[1]", "text/plain"),
    "invalid_json",
    "the answer is not JSON (text/plain): OK, see <b>[1]",
  ],
  [
    "a text that speaks of a warning",
    typed("Saved. Warning: the disk is full", "text/plain"),
    "invalid_json",
    "the answer is not JSON (text/plain): Saved. Warning: the disk is full",
  ],
  [
    "an answer without a type",
    new Response(new TextEncoder().encode("OK")),
    "invalid_json",
    "the answer is not JSON (no content type): OK",
  ],
  [
    "broken JSON",
    typed('{"data":{"id":7,}}', "application/json"),
    "invalid_json",
    'the answer is broken JSON (application/json): {"data":{"id":7,}}',
  ],
  ["plain text", typed("OK", "text/plain"), "invalid_json", "the answer is not JSON (text/plain): OK"],
  ["nothing", typed(" ", "text/plain"), "unexpected_shape", "the answer is empty"],
] as [string, Response, string, string][])(
  "%s is told by type and beginning",
  async (_, answer, code, message) => {
    expect(await rejection(scripted([answer], { retry: false }).client.get(7))).toMatchObject({
      code,
      message: `GET /notification-handlers/7: ${message}`,
    });
  },
);

test("an error has the answer's headers, and its message where it is written as JSON", async () => {
  const { client } = scripted([failed(429, "slow", { "x-request-id": "r1", "retry-after": "3" })], {
    retry: false,
  });
  const error = await rejection(client.get(7));
  expect((error.headers as Headers).get("x-request-id")).toBe("r1");
  expect(JSON.parse(JSON.stringify(error))).toEqual({
    name: "NotificationHandlersError",
    message: "GET /notification-handlers/7: 429 - slow",
    code: "http",
    method: "GET",
    path: "/notification-handlers/7",
    status: 429,
    errors: [{ title: "slow", status: 429 }],
    retryAfter: 3000,
    attempts: 1,
    elapsed: expect.any(Number),
  });
});

test("an error of endless titles has a message that ends", async () => {
  const errors = Array.from({ length: 1000 }, () => ({ title: "no such thing", status: 400 }));
  const error = await rejection(scripted([json({ errors }, { status: 400 })]).client.get(7));
  expect(error.message.length).toBeLessThan(1100);
  expect(error.errors).toHaveLength(1000);
});

describe("the key", () => {
  const texts = (error: Error) =>
    [error, error.stack, JSON.stringify(error), inspect(error, { depth: 9, showHidden: true })]
      .map(String)
      .join("\n");

  test.each([
    ["titles", failed(401, `The key ${key} is unknown`)],
    ["other parts of an error", json({ errors: [{ title: "no", status: 401, key }] }, { status: 401 })],
    ["the status text", new Response("", { status: 401, statusText: `Bearer ${key}` })],
    ["the reason of a failure", new Error(`sent Authorization: Bearer ${key}`)],
    ["the cause of a failure", new TypeError("fetch failed", { cause: new Error(`Bearer ${key}`) })],
    [
      "a redirect",
      new Response("", { status: 302, headers: { location: `https://evil.example/?k=${key}` } }),
    ],
    ["a page for people", new Response(`<html>${key}`)],
    ["JSON that is none", new Response(`{"${key}`)],
  ])("is in no error when the instance puts it into %s", async (_, answer) => {
    const error = await rejection(scripted([answer], { retry: false }).client.get(7));
    expect(error).toBeInstanceOf(NotificationHandlersError);
    expect(texts(error)).not.toContain(key);
  });

  test("cannot be seen in the client", () => {
    const { client } = scripted([]);
    expect(JSON.stringify(client) + inspect(client, { depth: 9, showHidden: true })).not.toContain(key);
  });

  test("is in no error when it cannot be sent", async () => {
    const { client, asked } = scripted([], { apiKey: () => `${key}\r\nx: y` });
    const error = await rejection(client.get(7));
    expect(error).toMatchObject({ code: "invalid_argument" });
    expect(texts(error)).not.toContain(key);
    expect(asked).toEqual([]);
  });

  test("that its function cannot give fails the call before anything is sent, and without its words", async () => {
    const apiKey = () => Promise.reject(new RangeError(`${key} is too old`));
    const { client, asked } = scripted([], { apiKey });
    expect(await rejection(client.get(7))).toMatchObject({
      code: "invalid_argument",
      message: expect.stringMatching(/the function apiKey failed with RangeError; .* may hold the key$/),
    });
    expect(asked).toEqual([]);
  });
});

describe("other origins", () => {
  const redirect = (location: string, status = 302) => new Response("", { status, headers: { location } });

  test.each([301, 302, 303, 307, 308])("a %i is refused, even within the origin", async (status) => {
    const { client, asked } = scripted([redirect("/elsewhere?x=1", status)]);
    expect(await rejection(client.get(7))).toMatchObject({
      code: "redirect",
      status,
      message: "GET /notification-handlers/7: refused to follow /elsewhere?x=1",
    });
    // `fetch` itself would follow it otherwise.
    expect(asked.map((it) => it.redirect)).toEqual(["manual"]);
  });

  test.each([
    ["another host", "https://evil.example/api/notification-handlers/7"],
    ["a host that begins the same", "https://host.example.evil.example/"],
    ["another port", "https://host.example:444/api"],
    ["another protocol", "http://host.example/api/notification-handlers/7"],
    ["no URL at all", "https://"],
    ["a data URL", "data:application/json,{}"],
  ])("a redirect to %s is refused", async (_, location) => {
    const { client, asked } = scripted([redirect(location)], { retry: false });
    const error = await rejection(client.get(7));
    expect(error).toBeInstanceOf(NotificationHandlersError);
    expect(asked).toHaveLength(1);
  });

  test("a create, an update and a delete follow no redirect", async () => {
    for (const run of [
      (client: ReturnType<typeof createClient>) => client.create({ type: "email", name: "x" }),
      (client: ReturnType<typeof createClient>) => client.update(7, {}),
      (client: ReturnType<typeof createClient>) => client.delete(7),
    ]) {
      const { client, asked } = scripted([redirect(`${base}/notification-handlers/`, 308)]);
      expect(await rejection(run(client))).toMatchObject({ code: "redirect", status: 308 });
      expect(asked).toHaveLength(1);
    }
  });

  test("a redirect that a browser does not show is refused", async () => {
    const opaque = Object.defineProperties(new Response(null), {
      type: { value: "opaqueredirect" },
      status: { value: 0 },
      ok: { value: false },
    });
    expect(await rejection(scripted([opaque]).client.get(7))).toMatchObject({
      code: "redirect",
      message: expect.stringContaining("refused to follow a redirect"),
    });
  });

  test("a base URL that a single request brings along gets no key", async () => {
    for (const baseUrl of ["https://evil.example", "https://host.example.evil.example"]) {
      const { client, asked } = scripted([page([])]);
      expect(await rejection(client.http.GET("/notification-handlers/", { baseUrl }))).toMatchObject({
        code: "redirect",
      });
      expect(asked).toEqual([]);
    }
  });

  test("a path cannot become a host", async () => {
    const { fetch, asked } = { ...scripted([]), fetch: () => Promise.reject(new Error("reached")) };
    const client = createClient({ baseUrl: "https://host.example", apiKey: key, fetch });
    for (const path of [".evil.example/x", "@evil.example/x", ":444/x"]) {
      // biome-ignore lint/suspicious/noExplicitAny: no path of the contract
      expect(await rejection(client.http.GET(path as any, {}))).toMatchObject({
        name: "NotificationHandlersError",
      });
    }
    expect(asked).toEqual([]);
  });
});

function broken(): Response {
  let sent = false;
  return new Response(
    new ReadableStream({
      pull(controller) {
        if (sent) controller.error(new TypeError("terminated"));
        else controller.enqueue(new TextEncoder().encode('{"data":'));
        sent = true;
      },
    }),
  );
}
