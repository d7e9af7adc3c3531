import { once } from "node:events";
import { connect } from "node:net";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createApp, listen } from "../../src/http/index.ts";
import { createSandbox } from "../../src/sandbox/index.ts";
import { anyText } from "../any-text.ts";
import { filtered, plain } from "../instances.ts";
import { timesOf } from "../scope.ts";
import { titles } from "./harness.ts";

/** How many generated requests are sent; the known attacks come on top. */
const runs = timesOf("SANDBOX_FUZZ_RUNS", { usual: 400, all: 20_000 });

const instances = [filtered, plain];
const path = `/sandbox/${filtered}/api/notification-handlers`;
const auth = "Authorization: Bearer k\r\n";
const head = `Host: h\r\n${auth}`;
const multipartType = "multipart/form-data; boundary=b";

let sandbox: Awaited<ReturnType<typeof createSandbox>>;
let app: ReturnType<typeof createApp>;
let origin: string;

beforeAll(async () => {
  sandbox = await createSandbox({ instances, apiKeys: ["k", "guard", "large"] });
  app = createApp({ bounds: { requestMilliseconds: 1000 }, hosts: ["h"] });
  await app.register(sandbox.plugin);
  origin = await listen(app, "127.0.0.1", 0);
  const form = new URLSearchParams({ name: "guarded", type: "email", email: "guard@example.com" });
  for (let index = 0; index < 20; index += 1) {
    await fetch(origin + path, { method: "POST", headers: { authorization: "Bearer guard" }, body: form });
  }
});
afterAll(async () => {
  await app.close();
  await sandbox.close();
});

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: unknown;
}

/** Sends bytes on a connection of their own and reads until it is closed; undefined where no answer came. */
async function send(bytes: Buffer | string): Promise<Answer | undefined> {
  const socket = connect(Number(new URL(origin).port), "127.0.0.1");
  const chunks: Buffer[] = [];
  socket.on("data", (chunk) => chunks.push(chunk));
  // A server that has answered may close while the client still sends.
  socket.on("error", () => socket.destroy());
  socket.end(typeof bytes === "string" ? Buffer.from(bytes, "latin1") : bytes);
  await once(socket, "close");
  const raw = Buffer.concat(chunks).toString("utf8");
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(raw)?.[1]);
  if (Number.isNaN(status)) return undefined;
  // Bytes after a request may be taken for another one: its answer is not looked at.
  const [first = ""] = raw.split("\r\nHTTP/1.1 ", 1);
  const text = first.slice(first.indexOf("\r\n\r\n") + 4).split(/(?<=\})HTTP\/1\.1 /, 1)[0] ?? "";
  return { status, headers: new Headers(), text, body: text.startsWith("{") ? JSON.parse(text) : undefined };
}

/** An answer as the contract has it, or an error in the family's body; never a fault of the server. */
function expectDecent(answer: Answer | undefined, method: string): void {
  if (answer === undefined) return;
  const { status } = answer;
  expect(status < 500 && (status === 200 || status === 204 || status >= 400), answer.text.slice(0, 300)).toBe(
    true,
  );
  if (status >= 400 && method !== "HEAD") titles(answer);
}

/** The other account's handlers are all there, as they were. */
async function expectNothingLost(): Promise<void> {
  const answer = await fetch(`${origin}${path}`, { headers: { authorization: "Bearer guard" } });
  expect(answer.status).toBe(200);
  const { data, meta } = (await answer.json()) as { data: { name: string }[]; meta: { total: number } };
  expect(meta.total).toBe(20);
  expect(data.every((it) => it.name === "guarded")).toBe(true);
}

const part = (disposition: string, value = "v") => `--b\r\n${disposition}\r\n\r\n${value}\r\n`;
const named = (name: string, value: string) => part(`Content-Disposition: form-data; name="${name}"`, value);
const post = (body: string, type = multipartType, target = path) =>
  `POST ${target} HTTP/1.1\r\n${head}Connection: close\r\nContent-Type: ${type}\r\nContent-Length: ${Buffer.byteLength(body, "latin1")}\r\n\r\n${body}`;
const get = (target: string, more = "") =>
  `GET ${target} HTTP/1.1\r\n${head}Connection: close\r\n${more}\r\n`;
const good = named("name", "n") + named("type", "email");

describe("known attacks are refused in the errors body", () => {
  test.each<[string, string, number]>([
    ["a truncated form", post(good), 400],
    ["another boundary", post(`${good}--b--\r\n`, "multipart/form-data; boundary=c"), 400],
    ["no boundary", post(`${good}--b--\r\n`, "multipart/form-data"), 400],
    [
      "an endless boundary",
      post(`${good}--b--\r\n`, `multipart/form-data; boundary=${"b".repeat(5000)}`),
      400,
    ],
    ["a part without a name", post(`${part("Content-Disposition: form-data")}--b--\r\n`), 400],
    ["a part without headers", post("--b\r\nv\r\n--b--\r\n"), 400],
    [
      "a file",
      post(`${good}${part('Content-Disposition: form-data; name="email"; filename="a"')}--b--\r\n`),
      400,
    ],
    ["invalid UTF-8 in a value", post(`${good}${named("email", "\xff\xfe")}--b--\r\n`), 400],
    ["invalid UTF-8 in a name", post(`${good}${named("\xff", "v")}--b--\r\n`), 400],
    ["101 fields", post(`${named("f", "v").repeat(101)}--b--\r\n`), 400],
    ["a value above 64 KiB", post(`${good}${named("email", "v".repeat(65_537))}--b--\r\n`), 400],
    ["a name above 64 KiB", post(`${"n".repeat(65_537)}=v`, "application/x-www-form-urlencoded"), 400],
    ["a body above 1 MiB", post("x".repeat(1_048_577)), 413],
    [
      "a length that is a lie",
      `POST ${path} HTTP/1.1\r\n${head}Content-Type: ${multipartType}\r\nContent-Length: 99999999\r\n\r\nx`,
      413,
    ],
    ["JSON", post('{"name":"n","type":"email"}', "application/json"), 400],
    ["XML", post("<name/>", "text/xml"), 400],
    ["a Content-Type that is none", post("x", ";;;"), 400],
    ["__proto__ for a type", post(`${named("name", "n")}${named("type", "__proto__")}--b--\r\n`), 400],
    ["constructor for a type", post(`${named("name", "n")}${named("type", "constructor")}--b--\r\n`), 400],
    ["a NUL in a value", post(`${good}${named("email", "a\0b")}--b--\r\n`), 400],
    ["a NUL in a name", post(`${good}${named("\0", "v")}--b--\r\n`), 400],
    ["a NUL in a urlencoded value", post("name=%00&type=email", "application/x-www-form-urlencoded"), 400],
    ["a NUL in a query", get(`${path}?search=%00`), 400],
    ["invalid UTF-8 in a query", get(`${path}?search=%ff`), 400],
    ["a NUL in the type", post(`${named("name", "n")}${named("type", "email\0")}--b--\r\n`), 400],
    ["an update of no id", post(`${good}--b--\r\n`, multipartType, `${path}/constructor`), 404],
    ["an id of NULs", get(`${path}/%00%00`), 404],
    ["a broken escape", get(`${path}/%`), 404],
    ["a path that climbs", get(`${path}/../../../../../etc/passwd`), 404],
    ["page 10^18", get(`${path}?page=1000000000000000000`), 400],
    ["a page as an object", get(`${path}?page[$gt]=1&page=x`), 400],
    ["SQL in a page", get(`${path}?page=1;DROP%20TABLE%20handlers`), 400],
    ["TRACE", `TRACE ${path} HTTP/1.1\r\n${head}Connection: close\r\n\r\n`, 405],
    [
      "PUT with a body",
      `PUT ${path} HTTP/1.1\r\n${head}Connection: close\r\nContent-Length: 1\r\n\r\nx`,
      405,
    ],
    ["no Host", `GET ${path} HTTP/1.1\r\n${auth}Connection: close\r\n\r\n`, 400],
    ["CONNECT", `CONNECT h:443 HTTP/1.1\r\n${head}\r\n`, 405],
    ["headers of 20 KB", get(path, `X: ${"x".repeat(20_000)}\r\n`), 431],
    ["a NUL in a header", get(path, "X: a\0b\r\n"), 400],
    ["two lengths", `POST ${path} HTTP/1.1\r\n${head}Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx`, 400],
    [
      "a length and chunks",
      `POST ${path} HTTP/1.1\r\n${head}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      400,
    ],
    ["another protocol", "GET / FTP/1.1\r\n\r\n", 400],
    ["an unknown method", `BREW ${path} HTTP/1.1\r\n${head}\r\n`, 400],
  ])("%s", async (_what, bytes, status) => {
    const answer = await send(bytes);
    expect(answer?.status, answer?.text).toBe(status);
    if (answer !== undefined) titles(answer);
    await expectNothingLost();
  });

  test.each([
    ["headers", `GET ${path} HTTP/1.1\r\nHost: h\r\nX`],
    [
      "a body",
      `POST ${path} HTTP/1.1\r\n${head}Content-Type: ${multipartType}\r\nContent-Length: 100\r\n\r\n--b`,
    ],
  ])("%s that do not come are waited for only so long", async (_what, bytes) => {
    const socket = connect(Number(new URL(origin).port), "127.0.0.1");
    socket.write(bytes);
    const [chunk] = (await once(socket, "data")) as [Buffer];
    expect(chunk.toString()).toMatch(/^HTTP\/1\.1 408 [\s\S]*"status":408/);
    socket.destroy();
    await expectNothingLost();
  });

  test("names and values come back as they were sent, whatever they are", async () => {
    const values = [
      "\u0001",
      "\ufffd",
      "\u2028",
      "💩",
      "<script>",
      "'; DROP TABLE handlers; --",
      "\\",
      '"',
      "__proto__",
      " ",
      "\r\n",
      "a".repeat(65_536),
    ];
    for (const value of values) {
      const form = new FormData();
      for (const [name, text] of Object.entries({ name: value, type: "email", email: value }))
        form.append(name, text);
      const headers = { authorization: "Bearer k" };
      const created = await fetch(origin + path, { method: "POST", headers, body: form });
      const { data } = (await created.json()) as { data: { id: number } };
      const read = (await (await fetch(`${origin}${path}/${data.id}`, { headers })).json()) as {
        data: { name: string; settings: { email: string } };
      };
      expect([read.data.name, read.data.settings.email]).toEqual([value, value]);
    }
  });
});

test("what is no request, right after one, does not take that one's answer", async () => {
  const body = "name=first&type=email";
  const type = "Content-Type: application/x-www-form-urlencoded";
  const request = `POST ${path} HTTP/1.1\r\n${head}${type}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  const socket = connect(Number(new URL(origin).port), "127.0.0.1");
  let text = "";
  socket.on("data", (chunk) => {
    text += chunk;
  });
  socket.write(`${request}GARBAGE\r\n\r\n`);
  await once(socket, "close");
  expect(text).toMatch(/^HTTP\/1\.1 200 [\s\S]*\{"data":\{"id":\d+\}\}HTTP\/1\.1 400 /);
});

test("a key after thousands of other headers counts", async () => {
  const many = "a:b\r\n".repeat(2500);
  const answer = await send(
    `GET ${path} HTTP/1.1\r\nHost: h\r\n${many}Connection: close\r\nAuthorization: Bearer guard\r\n\r\n`,
  );
  expect(answer?.status).toBe(200);
});

test("a page that is too large to be put together is refused, and a smaller one is not", async () => {
  const large = "\u0001".repeat(65_536);
  const headers = { authorization: "Bearer large" };
  const ask = (query: string) => fetch(`${origin}${path}${query}`, { headers });
  for (let index = 0; index < 60; index += 1) {
    const form = new FormData();
    for (const [name, text] of Object.entries({ name: large, type: "email", email: large }))
      form.append(name, text);
    await (await fetch(origin + path, { method: "POST", headers, body: form })).arrayBuffer();
  }
  const refused = await ask("?results_per_page=100");
  expect([refused.status, await refused.json()]).toEqual([
    400,
    { errors: [{ title: expect.stringContaining("results_per_page"), status: 400 }] },
  ]);
  const { data } = (await (await ask("?results_per_page=10")).json()) as { data: unknown[] };
  expect(data).toHaveLength(10);
  await fetch(`${origin}${path.replace(/api.*/, "_reset")}`, { method: "DELETE", headers });
});

const method = fc.constantFrom("GET", "POST", "DELETE", "PUT", "PATCH", "HEAD", "OPTIONS", "TRACE");
const word = fc.oneof(
  fc.constantFrom(
    "0",
    "-1",
    "1",
    "1e3",
    "9007199254740993",
    "%00",
    "%ff",
    "%",
    "..",
    "__proto__",
    "null",
    "[]",
    "'",
    "%F0%9F%92%A9",
  ),
  fc.string({ maxLength: 20 }).map(encodeURIComponent),
  fc.nat().map(String),
);
const names = [
  "page",
  "results_per_page",
  "search",
  "search_by",
  "is_enabled",
  "type",
  "datetime_field",
  "datetime_start",
  "order_by",
  "order_type",
  "__proto__",
  "x[]",
];
const query = fc
  .array(fc.tuple(fc.constantFrom(...names), word), { maxLength: 5 })
  .map((pairs) => pairs.map((pair) => pair.join("=")).join("&"));
const target = fc
  .tuple(
    fc.constantFrom(...instances, "nix"),
    fc.constantFrom(
      "/api/notification-handlers",
      "/api/notification-handlers/",
      "/_health",
      "/api",
      "/_reset/x",
      "",
    ),
    fc.option(word),
    query,
  )
  .map(([instance, at, id, asked]) => `/sandbox/${instance}${at}${id === null ? "" : `/${id}`}?${asked}`);
const value = fc.oneof(
  anyText(),
  fc.constantFrom("email", "telegram", "0", "1", "", "\0", "__proto__", "x".repeat(70_000)),
);
const field = fc.tuple(
  fc.constantFrom(
    "name",
    "type",
    "email",
    "telegram_chat_id",
    "is_enabled",
    "__proto__",
    "constructor",
    "\0",
    "",
  ),
  value,
);

/** A form that is nearly right: bytes of a good one are replaced, removed or repeated. */
const form = fc
  .tuple(
    fc.array(field, { maxLength: 6 }),
    fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 }), fc.constantFrom("set", "cut", "double")), {
      maxLength: 4,
    }),
  )
  .map(([fields, edits]) => {
    let bytes = Buffer.from(`${fields.map(([name, text]) => named(name, text)).join("")}--b--\r\n`);
    for (const [place, byte, edit] of edits) {
      const at = place % bytes.length;
      if (edit === "set") bytes[at] = byte;
      else if (edit === "cut") bytes = bytes.subarray(0, at + 1);
      else bytes = Buffer.concat([bytes.subarray(0, at), bytes]);
    }
    return bytes;
  });
const body = fc.oneof(
  form,
  form,
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
);
const mediaType = fc.oneof(
  fc.constantFrom(
    multipartType,
    multipartType,
    "application/x-www-form-urlencoded",
    "application/json",
    'multipart/form-data; boundary="b',
  ),
  fc.stringMatching(/^[\x21-\x7e]{0,20}$/),
);
const authorization = fc.oneof(
  fc.constantFrom("Bearer k", "Bearer k", "Bearer k", "Bearer", "Basic k", "bearer k"),
  fc.stringMatching(/^[\x21-\x7e]{1,20}$/),
);

test(`${runs} generated requests: each is answered decently, and nothing is lost`, {
  timeout: 1_800_000,
}, async () => {
  const request = fc.tuple(method, target, authorization, mediaType, body);
  await fc.assert(
    fc.asyncProperty(request, async ([verb, at, key, type, bytes]) => {
      const withBody = verb !== "GET" && verb !== "HEAD" && verb !== "TRACE";
      const lines = [
        `${verb} ${at} HTTP/1.1`,
        "Host: h",
        `Authorization: ${key}`,
        "Connection: close",
        ...(withBody ? [`Content-Type: ${type}`, `Content-Length: ${bytes.length}`] : []),
      ];
      const answer = await send(
        Buffer.concat([Buffer.from(`${lines.join("\r\n")}\r\n\r\n`), withBody ? bytes : Buffer.alloc(0)]),
      );
      expect(answer).toBeDefined();
      expectDecent(answer, verb);
    }),
    { numRuns: runs },
  );
  await expectNothingLost();
});

test("bytes that are no HTTP are answered or dropped, and nothing is lost", {
  timeout: 600_000,
}, async () => {
  const bytes = fc.tuple(
    fc.constantFrom("", "GET / HTTP/1.1\r\n", `POST ${path} HTTP/1.1\r\n${head}`),
    fc.uint8Array({ maxLength: 400 }),
  );
  await fc.assert(
    fc.asyncProperty(bytes, async ([start, rest]) => {
      expectDecent(
        await send(Buffer.concat([Buffer.from(start), Buffer.from(rest), Buffer.from("\r\n\r\n")])),
        "GET",
      );
    }),
    { numRuns: Math.ceil(runs / 10) },
  );
  await expectNothingLost();
});
