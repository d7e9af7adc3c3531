import { createRequire } from "node:module";
import { Ajv, type ValidateFunction } from "ajv";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { validateResponse } from "../../src/description/index.ts";
import { type Workbench, type WorkbenchRequest, workbench } from "../../src/devkit/index.ts";
import { type RunningSandboxes, serveSandboxes } from "../../src/sandbox/index.ts";
import { ownPaths as description } from "../../src/workbench/own-paths.ts";

const require = createRequire(import.meta.url);
const har: Record<string, object> = require("har-schema");
const draft06: object = require("ajv/dist/refs/json-schema-draft-06.json");

const instance = "bitpeak.ru";
const key = "a-key-that-nobody-may-see";
const otherKey = "the-key-of-another-test";

let running: RunningSandboxes;
let baseUrl: string;
let origin: string;
let bench: Workbench;
let other: Workbench;

beforeAll(async () => {
  running = await serveSandboxes({
    instances: [instance],
    apiKeys: [key, otherKey],
    seed: 3,
    allowFaults: true,
  });
  baseUrl = running.baseUrls.get(instance) ?? "";
  ({ origin } = new URL(baseUrl));
  bench = workbench({ baseUrl, apiKey: key });
  other = workbench({ baseUrl, apiKey: otherKey });
});
afterAll(() => running.close());
beforeEach(() => Promise.all([bench.forget(), other.forget()]));

const list = "/notification-handlers/";

function call(path: string, init: RequestInit & { key?: string | undefined } = {}): Promise<Response> {
  const { key: sent = key, headers, ...rest } = init;
  return fetch(path.startsWith("http") ? path : baseUrl + path, {
    ...rest,
    headers: { authorization: `Bearer ${sent}`, ...(headers as Record<string, string>) },
  });
}

function form(fields: Record<string, string>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  return data;
}

/** What came after the requests so far. */
async function came(action: () => Promise<unknown>, by = bench): Promise<WorkbenchRequest[]> {
  const since = await by.mark();
  await action();
  return by.requests({ since });
}

/** Asks `/_requests`, and expects an answer that openapi.yaml has. */
async function ask(path: string, init: RequestInit & { key?: string } = {}) {
  const answer = await call(`${origin}${path}`, init);
  const text = await answer.text();
  const match = description().match(init.method ?? "GET", path.split("?", 1)[0] ?? "");
  const body = text === "" ? undefined : (JSON.parse(text) as unknown);
  if (match.kind === "operation") {
    const type = answer.headers.get("content-type") ?? undefined;
    expect(validateResponse(match.operation, answer.status, type, body), text.slice(0, 500)).toEqual([]);
  }
  return { status: answer.status, headers: answer.headers, text, body };
}

const archives = new Ajv({ strict: false, validateFormats: false }).addMetaSchema(draft06);
for (const schema of Object.values(har)) archives.addSchema(schema);
/** Whether something is an HTTP archive, by the schema that others wrote of HAR 1.2. */
const isArchive = archives.getSchema("har.json#") as ValidateFunction;

describe("a request", () => {
  test("is there as soon as it is answered, with its form and its answer", async () => {
    const [request, ...others] = await came(() =>
      call("/notification-handlers?from=test", {
        method: "POST",
        body: form({ name: "Ops", type: "telegram", telegram: "1000:T", telegram_chat_id: "4'2" }),
      }),
    );
    expect(others).toEqual([]);
    expect(request).toMatchObject({
      server: "sandbox",
      instance,
      operation: "create",
      method: "POST",
      path: `/sandbox/${instance}/api/notification-handlers?from=test`,
      status: 200,
      reason: null,
      behaviour: null,
      url: `${baseUrl}/notification-handlers?from=test`,
      query: [{ name: "from", value: "test", more: 0 }],
      form: [
        { name: "name", value: "Ops", more: 0 },
        { name: "type", value: "telegram", more: 0 },
        { name: "telegram", value: "1000:T", more: 0 },
        { name: "telegram_chat_id", value: "4'2", more: 0 },
      ],
      body: null,
    });
    expect(request?.answer.body?.text).toMatch(/^\{"data":\{"id":\d+\}\}$/);
    expect(request?.curl).toBe(
      [
        "curl --request POST",
        `--url '${baseUrl}/notification-handlers?from=test'`,
        '--header "Authorization: Bearer $NOTIFICATION_HANDLERS_API_KEY"',
        "--form-string 'name=Ops'",
        "--form-string 'type=telegram'",
        "--form-string 'telegram=1000:T'",
        "--form-string 'telegram_chat_id=4'\\''2'",
      ].join(" \\\n  "),
    );
  });

  test.each<[string, string, RequestInit]>([
    ["of a list", list, {}],
    ["of a handler that is not there", "/notification-handlers/999999", {}],
    ["of a method that a path does not take", list, { method: "PUT" }],
    ["of a page that asks", list, { headers: { origin: "http://localhost:3000" } }],
    ["of a preference", list, { headers: { prefer: "code=429" } }],
    ["of a preference of a page", list, { headers: { prefer: "code=401", origin: "http://localhost:3000" } }],
  ])("has all headers of its answer: %s", async (_what, path, init) => {
    let sent: string[] = [];
    const [request] = await came(async () => {
      const { headers } = await call(path, init);
      sent = [...headers].map(([name, value]) => `${name}: ${value}`);
    });
    // What Node adds to every answer.
    const added = /^(connection|content-length|date|keep-alive):/;
    expect(request?.answer.headers.map(({ name, value }) => `${name}: ${value}`).toSorted()).toEqual(
      sent.filter((it) => !added.test(it)).toSorted(),
    );
  });

  test.each<[string, () => Promise<unknown>, Partial<WorkbenchRequest>]>([
    [
      "a field of a wrong value",
      () => call("/notification-handlers", { method: "POST", body: form({ name: "x", type: "pigeon" }) }),
      {
        operation: "create",
        status: 400,
        reason: expect.stringMatching(/^type must be one of .*, not "pigeon"\.$/),
      },
    ],
    [
      "JSON in place of a form",
      () =>
        call("/notification-handlers", {
          method: "POST",
          body: '{"name":"x"}',
          headers: { "content-type": "application/json" },
        }),
      {
        status: 400,
        reason: expect.stringMatching(/^The body must be multipart/),
        form: null,
        body: { type: "application/json", bytes: 12, text: '{"name":"x"}', more: 0 },
      },
    ],
    ["an id that is not there", () => call("/notification-handlers/99"), { operation: "read", status: 404 }],
    ["a wrong method", () => call(list, { method: "PATCH" }), { operation: null, status: 405 }],
    [
      "an error that was asked for",
      () => call(list, { headers: { prefer: "code=429" } }),
      { operation: "list", status: 429, reason: "This is the 429 that Prefer asked for." },
    ],
    [
      "a connection that was broken off",
      () => call(list, { headers: { "sandbox-fault": "list-connection-reset" } }).catch(() => undefined),
      { operation: "list", status: 0, reason: "The connection was broken off without an answer." },
    ],
  ])("of %s says why", async (_, action, wanted) => {
    const requests = await came(action);
    expect(requests).toEqual([expect.objectContaining(wanted)]);
    expect(requests[0]?.reason).not.toBeNull();
  });

  test("to no instance and to no server is there, for its key", async () => {
    await call(`${origin}/sandbox/nix/api${list}`);
    await call(`${origin}/api${list}`);
    await fetch(`${origin}/favicon.ico`);
    const { body } = await ask("/_requests");
    const { requests } = body as { requests: WorkbenchRequest[] };
    expect(requests.map(({ server, instance, status }) => [server, instance, status])).toEqual([
      ["sandbox", "nix", 404],
      [null, null, 404],
    ]);
  });

  test.each<[string, () => Promise<unknown>]>([
    [
      "a preflight",
      () =>
        call(list, {
          method: "OPTIONS",
          headers: { origin: "http://localhost:1", "access-control-request-method": "GET" },
        }),
    ],
    ["of the workbench", () => call(baseUrl.replace(/api$/, "_behaviour"))],
    ["of the database's health", () => call(baseUrl.replace(/api$/, "_health"))],
    ["that wants no trace", () => call(list, { headers: { workbench: "quiet" } })],
  ])("%s is not kept", async (_, action) => {
    expect(await came(action)).toEqual([]);
  });
});

describe("keys", () => {
  test("see their own requests alone, and forget them alone", async () => {
    await call(list);
    await call("/notification-handlers/1", { key: otherKey });
    expect((await bench.requests()).map(({ operation }) => operation)).toEqual(["list"]);
    expect((await other.requests()).map(({ operation }) => operation)).toEqual(["read"]);
    const [request] = await bench.requests();
    expect((await ask(`/_requests/${request?.id}`)).body).toEqual(request);
    expect((await ask(`/_requests/${request?.id}`, { key: otherKey })).status).toBe(404);
    await other.forget();
    expect([(await bench.requests()).length, (await other.requests()).length]).toEqual([1, 0]);
  });

  test("are masked wherever they stand, however they are written", async () => {
    const base64 = Buffer.from(`x${key}`).toString("base64");
    await call(`/notification-handlers/?k=${key}&b=${encodeURIComponent(base64)}`, {
      headers: { cookie: "session=s3cr3t", "x-api-key": "s3cr3t", referer: `http://localhost/?${key}` },
    });
    await call("/notification-handlers", {
      method: "POST",
      body: form({ name: key, type: "email", email: "a@example.com", [key]: "x" }),
    });
    await call("/notification-handlers", {
      method: "POST",
      body: key,
      headers: { "content-type": "text/plain" },
    });
    await call(list);
    for (const path of ["/_requests", "/_requests?format=har"]) {
      const { text } = await ask(path);
      for (const secret of [key, base64.slice(4, -4), "s3cr3t"]) expect(text, path).not.toContain(secret);
      expect(text).toContain("[key]");
    }
  });

  test("that are unknown, or missing, are seen by all keys, with nothing of what was sent", async () => {
    const since = await bench.mark();
    const otherSince = await other.mark();
    const sent = { method: "POST", body: form({ name: "hidden", type: "email" }) };
    await call("/notification-handlers?secret=hidden", { ...sent, key: "wrong-key-wrong" });
    await call("/notification-handlers/wrong-key-wrong?secret=hidden", { key: "wrong-key-wrong" });
    await fetch(`${baseUrl}${list}`, { headers: { "x-secret": "hidden" } });
    const [mine, theirs] = [await bench.requests({ since }), await other.requests({ since: otherSince })];
    expect(mine).toEqual(theirs);
    expect(mine.map(({ status, path, reason }) => [status, path, reason])).toEqual([
      [
        401,
        expect.stringMatching(/\/notification-handlers$/),
        expect.stringMatching(/^The API key is unknown/),
      ],
      [401, expect.stringMatching(/\/\[key\]$/), expect.stringMatching(/^The API key is unknown/)],
      [
        401,
        expect.stringMatching(/\/notification-handlers\/$/),
        expect.stringMatching(/^There is no API key/),
      ],
    ]);
    expect(JSON.stringify(mine)).not.toMatch(/hidden|wrong-key/);
  });

  test.each<[string, string | undefined, number]>([
    ["none", undefined, 401],
    ["an unknown one", "Bearer nix", 401],
    ["another scheme", `Basic ${key}`, 401],
    ["a good one", `Bearer ${key}`, 200],
  ])("%s is answered with its status", async (_, authorization, status) => {
    const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
    for (const path of [
      "/_requests",
      "/_requests/1",
      `/sandbox/${instance}/_behaviour`,
      `/sandbox/${instance}/_snapshot`,
    ]) {
      const answer = await fetch(origin + path, { headers });
      expect([path, answer.status]).toEqual([path, path === "/_requests/1" && status === 200 ? 404 : status]);
    }
    const events = await fetch(`${origin}/_requests/events`, { headers });
    expect(events.status).toBe(status);
    await events.body?.cancel();
  });
});

describe("a list of requests", () => {
  test("is filtered by what is asked for", async () => {
    await call(list);
    await call("/notification-handlers/999999");
    await call(`${origin}/sandbox/nix/api${list}`);
    const count = async (query: string) => {
      const { body } = await ask(`/_requests?${query}`);
      return (body as { requests: unknown[] }).requests.length;
    };
    expect(await count("operation=read")).toBe(1);
    expect(await count("status=404")).toBe(2);
    expect(await count("status=2xx&method=GET")).toBe(1);
    expect(await count("method=POST")).toBe(0);
    expect(await count("server=sandbox&instance=nix")).toBe(1);
    expect(await count("server=mock")).toBe(0);
    expect(await count("limit=2")).toBe(2);
    const [first] = await bench.requests();
    expect(await count(`since=${first?.id}`)).toBe(2);
  });

  test.each([
    ["status=9xx", "status must be a status such as 404"],
    ["limit=0", "limit must be"],
    ["since=yesterday", "since must be an integer"],
    ["operation=lst", "operation must be one of list, read, create, update, delete"],
    ["format=xml", "format must be one of json, har"],
    ["status=%ff", "UTF-8"],
    ["statsu=404", '"statsu" is not a query parameter here: '],
  ])("?%s is refused", async (query, title) => {
    const { status, text } = await ask(`/_requests?${query}`);
    expect(status).toBe(400);
    expect(JSON.parse(text).errors[0].title).toContain(title);
  });

  test.each(["?format=har", "accept"])("is an HTTP archive by %s", async (how) => {
    await call("/notification-handlers?a=1", { method: "POST", body: form({ name: "x", type: "pigeon" }) });
    await call("/notification-handlers", {
      method: "POST",
      body: "{",
      headers: { "content-type": "text/plain" },
    });
    await call(list, { key: "nobody's" });
    const { headers, body } =
      how === "accept"
        ? await ask("/_requests", { headers: { accept: "application/har+json" } })
        : await ask(`/_requests${how}`);
    expect(headers.get("content-type")).toMatch(/^application\/har\+json/);
    isArchive(body);
    expect(isArchive.errors).toBeNull();
    expect(body).toMatchObject({
      log: {
        version: "1.2",
        entries: [
          {
            startedDateTime: expect.stringMatching(/^\d{4}-.*Z$/),
            request: {
              method: "POST",
              queryString: [{ name: "a", value: "1" }],
              postData: {
                params: [
                  { name: "name", value: "x" },
                  { name: "type", value: "pigeon" },
                ],
              },
            },
            response: {
              status: 400,
              statusText: "Bad Request",
              content: { mimeType: expect.stringMatching(/json/) },
            },
            cache: {},
            timings: { send: 0, receive: 0 },
          },
          { request: { postData: { text: "{" } } },
          { response: { status: 401 } },
        ],
      },
    });
  });

  test("cuts what is long, and says how much", async () => {
    const long = "😀".repeat(10_000);
    await call("/notification-handlers", {
      method: "POST",
      body: form({ name: "x", type: "email", email: "a@example.com", stray: long }),
    });
    await call("/notification-handlers", {
      method: "POST",
      body: "<script>".repeat(100_000),
      headers: { "content-type": "text/plain" },
    });
    const [created, refused] = await bench.requests();
    const stray = created?.form?.find(({ name }) => name === "stray");
    expect(stray).toEqual({ name: "stray", value: "😀".repeat(2048), more: 20_000 - 4096 });
    expect(created?.curl).toMatch(/^# Long values are cut here\.\n/);
    expect(refused?.body).toMatchObject({ bytes: 800_000, more: 800_000 - 64 * 1024 });
    expect((await bench.har()).log).toMatchObject({
      entries: [{}, { request: { postData: { comment: "Cut: 734464 more bytes." } } }],
    });
  });
});

describe("pages", () => {
  const paths: [string, string][] = [
    ["GET", "/_requests"],
    ["DELETE", "/_requests"],
    ["GET", "/_requests/events"],
    ["PUT", `/sandbox/${instance}/_behaviour`],
    ["DELETE", `/sandbox/${instance}/_reset`],
    ["PUT", `/sandbox/${instance}/_snapshot/x`],
  ];

  test.each(["https://evil.example", "null", "http://127.0.0.1.evil.example"])(
    "%s is refused",
    async (page) => {
      for (const [method, path] of paths) {
        const answer = await call(`${origin}${path}`, { method, headers: { origin: page } });
        expect([path, answer.status]).toEqual([path, 403]);
      }
    },
  );

  test.each(["http://localhost:3000", "http://127.0.0.1:1", "http://app.localhost"])(
    "%s is let in",
    async (page) => {
      const answer = await call(`${origin}/_requests`, { headers: { origin: page } });
      expect(answer.status).toBe(200);
      expect(answer.headers.get("access-control-allow-origin")).toBe(page);
    },
  );
});

test.each<[string, string, number, string]>([
  ["GET", "/_requests/1/x", 404, "There is nothing at /_requests/1/x: _requests is at /_requests."],
  ["POST", "/_requests", 405, "This path takes GET, DELETE, not POST."],
  ["HEAD", "/_requests", 405, ""],
  ["GET", "/_requests/nix", 400, 'request_id must be an integer, not "nix".'],
  [
    "GET",
    `/sandbox/${instance}/_requests`,
    404,
    `There is nothing at /sandbox/${instance}/_requests: _requests is at /_requests.`,
  ],
  [
    "PUT",
    "/_behaviour",
    404,
    "There is nothing at /_behaviour: _behaviour is at /sandbox/<name>/_behaviour.",
  ],
  [
    "DELETE",
    `/sandbox/${instance}/api/_reset`,
    404,
    `There is nothing at /sandbox/${instance}/api/_reset: _reset is at /sandbox/${instance}/_reset.`,
  ],
  ["POST", `/sandbox/${instance}/_reset`, 405, "This path takes DELETE, not POST."],
  ["POST", "/_health", 405, "This path takes GET, not POST."],
  ["POST", `/sandbox/${instance}/_health`, 405, "This path takes GET, not POST."],
  ["HEAD", `/sandbox/${instance}/_health`, 200, ""],
  [
    "GET",
    "/sandbox/_nix/api/notification-handlers",
    404,
    `There is no sandbox at /sandbox/_nix/api/notification-handlers: there is ${instance}, at /sandbox/${instance}/api.`,
  ],
  ["DELETE", `/sandbox/${instance}/%5Freset/x`, 404, `There is nothing at /sandbox/${instance}/%5Freset/x.`],
])("%s %s is answered with %i", async (method, path, status, title) => {
  const answer = await call(`${origin}${path}`, { method });
  expect(answer.status).toBe(status);
  const text = await answer.text();
  if (title !== "") expect(JSON.parse(text)).toEqual({ errors: [{ title, status }] });
});
