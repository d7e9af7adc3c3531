import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import pc from "picocolors";
import { afterEach, describe, expect, test } from "vitest";
import type { Finding } from "../../src/contract/findings/index.ts";
import {
  type CheckOptions,
  checkContract,
  exitCode,
  findingsOf,
  junitOf,
  type Report,
  summaryOf,
  textOf,
} from "../../src/contract/index.ts";
import { maskedReport, maskOf } from "../../src/contract/report/mask.ts";
import { curlLine } from "../../src/contract/wire/curl.ts";
import { limits } from "../../src/contract/wire/limits.ts";
import { loadDescription, modelOf } from "../../src/description/index.ts";

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

async function listen(handler: Handler): Promise<string> {
  const server = createServer(handler);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const key = "a-key-that-must-not-show";
const clock = { now: () => Date.now(), sleep: async () => {} };

async function check(handler: Handler, options: Partial<CheckOptions> = {}) {
  const baseUrl = `${await listen(handler)}/api`;
  const { report, exchanges } = await checkContract({
    instance: "bitpeak.ru",
    baseUrl,
    keys: { valid: key },
    write: true,
    timeout: 60_000,
    clock,
    ...options,
  });
  return { report, exchanges, findings: findingsOf(report) };
}

const json = { "content-type": "application/json" };

/** Whether a request is for one handler. */
function isOne({ url = "" }: IncomingMessage): boolean {
  return /\/notification-handlers\/[^/?]+$/.test(url);
}

describe("an instance that misbehaves is a clear finding, in a bounded time", () => {
  const cases: {
    name: string;
    handler: Handler;
    check: string;
    says: RegExp;
    exit: number;
    timeout?: number;
  }[] = [
    {
      name: "an HTML page with 200 for the list, and JSON for a handler",
      handler: (request, response) =>
        isOne(request)
          ? response.writeHead(404, json).end('{"errors":[]}')
          : response.writeHead(200, { "content-type": "text/html" }).end("<html></html>"),
      check: "content_type_conformance",
      says: /Content-Type must be application\/json/,
      exit: 1,
    },
    {
      name: "an HTML page with 200 for everything",
      handler: (_, response) => response.writeHead(200, { "content-type": "text/html" }).end("<html></html>"),
      check: "answers_in_full",
      says: /web page answers instead of the API/,
      exit: 2,
    },
    {
      name: "truncated JSON",
      handler: (_, response) => response.writeHead(200, json).end('{"data": [{"id": 1'),
      check: "response_schema_conformance",
      says: /not JSON/,
      exit: 1,
    },
    {
      name: "bytes that are not UTF-8",
      handler: (_, response) =>
        response.writeHead(200, json).end(Buffer.from('{"data": "\u00e9"}', "latin1")),
      check: "response_schema_conformance",
      says: /not UTF-8/,
      exit: 1,
    },
    {
      name: "another charset by name",
      handler: (_, response) =>
        response.writeHead(200, { "content-type": "application/json; charset=iso-8859-1" }).end("{}"),
      check: "content_type_conformance",
      says: /charset iso-8859-1/,
      exit: 1,
    },
    {
      name: "a byte order mark",
      handler: (_, response) => response.writeHead(200, json).end('\uFEFF{"data":[]}'),
      check: "response_schema_conformance",
      says: /begins with a byte order mark/,
      exit: 1,
    },
    {
      name: "a warning before the JSON",
      handler: (_, response) => response.writeHead(200, json).end('<br />Warning: x\n{"data":[]}'),
      check: "response_schema_conformance",
      says: /there is other text before it/,
      exit: 1,
    },
    {
      name: "a comment after the JSON",
      handler: (_, response) => response.writeHead(200, json).end('{"data":[]}<!-- 12 ms -->'),
      check: "response_schema_conformance",
      says: /there is other text after it/,
      exit: 1,
    },
    {
      name: "a reset of the connection",
      handler: (request) => void request.socket.destroy(),
      check: "answers_in_full",
      says: /end without an answer/,
      exit: 2,
    },
    {
      name: "no answer",
      timeout: 500,
      handler: () => {},
      check: "answers_in_full",
      says: /does not answer in time/,
      exit: 2,
    },
    {
      name: "half an answer",
      handler: (request, response) => {
        response.writeHead(200, { ...json, "content-length": "100" });
        response.write("{", () => request.socket.destroy());
      },
      check: "answers_in_full",
      says: /end without an answer/,
      exit: 2,
    },
    {
      name: "a body without end",
      handler: (_, response) => {
        response.writeHead(200, json);
        const more = () => {
          while (!response.destroyed && response.write(" ".repeat(1 << 20)));
        };
        response.on("drain", more);
        more();
      },
      check: "answers_in_full",
      says: /no complete answer/,
      exit: 1,
    },
    {
      name: "429 without end",
      handler: (_, response) => response.writeHead(429, { ...json, "retry-after": "1" }).end('{"errors":[]}'),
      check: "rate_limit",
      says: /keeps answering 429/,
      exit: 2,
    },
    {
      name: "429 that asks for an hour",
      handler: (_, response) =>
        response.writeHead(429, { ...json, "retry-after": "3600" }).end('{"errors":[]}'),
      check: "rate_limit",
      says: /keeps answering 429/,
      exit: 2,
    },
    {
      name: "500 for everything",
      handler: (_, response) => response.writeHead(500, json).end('{"errors":[]}'),
      check: "not_a_server_error",
      says: /led to a server error/,
      exit: 1,
    },
  ];

  test.each(cases)("$name", async ({ handler, check: name, says, exit, timeout }) => {
    const { report, findings, exchanges } = await check(handler, timeout === undefined ? {} : { timeout });
    expect(findings.map((it) => it.check)).toContain(name);
    expect(findings.find((it) => it.check === name)?.message).toMatch(says);
    expect(exitCode([report])).toBe(exit);
    expect(exchanges.length).toBeLessThan(50);
    expect(exchanges.length).toBe(report.requests);
    expect(JSON.stringify(report)).not.toContain(key);
  });

  test.each([401, 403])("a key that is refused with %i is no deviation", async (status) => {
    const body = `{"errors":[{"title":"no","status":${status}}]}`;
    const { report, findings } = await check((_, response) => response.writeHead(status, json).end(body));
    expect(findings.map((it) => it.level)).toEqual(["unprovable"]);
    expect(report).toMatchObject({ verdict: "not set up", requests: 1 });
    expect(report.reason).toMatch(/refuses the API key/);
    expect(exitCode([report])).toBe(2);
  });

  test("a host that is not there is no deviation", async () => {
    const { report } = await checkContract({
      instance: "bitpeak.ru",
      baseUrl: "http://127.0.0.1:1/api",
      keys: { valid: key },
    });
    expect(report).toMatchObject({ verdict: "unavailable", requests: 1 });
    expect(exitCode([report])).toBe(2);
  });
});

test("the key goes to the instance only, whatever it redirects or links to", async () => {
  const strangers: (string | undefined)[] = [];
  const stranger = await listen((request, response) => {
    strangers.push(request.headers.authorization);
    response.writeHead(200, json).end("{}");
  });
  await check((_, response) => response.writeHead(302, { location: `${stranger}/` }).end());
  const links = Object.fromEntries(
    ["first", "last", "next", "prev", "self"].map((name) => [
      name,
      `${stranger}/notification-handlers?page=1`,
    ]),
  );
  const list = { data: [], meta: { page: 1, results_per_page: 25, total: 60, total_pages: 3 }, links };
  const { findings } = await check((_, response) => response.writeHead(200, json).end(JSON.stringify(list)));
  expect(findings.map((it) => it.check)).toContain("page_links");
  expect(strangers).toEqual([]);
});

test("a key that the instance sends back is in no output", async () => {
  const { report, exchanges } = await check((_, response) =>
    response
      .writeHead(400, { ...json, "x-echo": key, "x-ratelimit-key": key })
      .end(JSON.stringify({ errors: key })),
  );
  expect(JSON.stringify(report)).not.toContain(key);
  expect(exchanges.some((it) => it.outcome.kind === "answer" && it.outcome.text.includes("[key]"))).toBe(
    true,
  );
});

test("a key in links and ids, which further requests are made of, is in no output", async () => {
  const seen: unknown[] = [];
  const { report, exchanges } = await check(
    ({ method, headers: { host } }, response) => {
      const next = `http://${host}/api/notification-handlers?page=2&k=${key}`;
      const links = { first: next, last: next, self: next, prev: null, next };
      // An empty page of 60 handlers is not consistent, so reads are repeated.
      const meta = { page: 1, results_per_page: 25, total: 60, total_pages: 3 };
      const body = method === "POST" ? { data: { id: key } } : { data: [], meta, links };
      response.writeHead(200, json).end(JSON.stringify(body));
    },
    { onRequest: (it) => seen.push(it) },
  );
  const asked = exchanges.map((it) => it.url);
  expect(asked).toContainEqual(expect.stringMatching(/\?page=2&k=\[key\]$/));
  expect(asked).toContainEqual(expect.stringMatching(/\/notification-handlers\/\[key\]$/));
  const curls = report.results.flatMap((it) => it.findings).map((it) => it.curl);
  expect(curls).toContainEqual(expect.stringContaining("k=[key]'"));
  for (const output of [report, exchanges, seen]) expect(JSON.stringify(output)).not.toContain(key);
});

test("a key that is a word of a host is masked in a curl line, but not in the host that it calls", () => {
  const url = "https://api.example/api/handlers?next=https://api.example/api";
  const operation = modelOf(loadDescription("bitpeak.ru")).operations.list;
  const form = [["email_address", "https://api.example/"]] as const;
  const curl = curlLine({ purpose: "a create", operation, form }, "POST", url);
  const finding = { curl, message: "", got: "" } as unknown as Finding;
  const report = { results: [{ findings: [finding] }], leftovers: { handlers: [], unknown: [] } };
  const masked = maskedReport(report as unknown as Report, maskOf({ valid: "api" }));
  expect(masked.results[0]?.findings[0]?.curl).toBe(
    `curl --include --header "Authorization: Bearer $NOTIFICATION_HANDLERS_API_KEY" --form-string 'email_address=https://[key].example/' 'https://api.example/[key]/handlers?next=https://[key].example/[key]'`,
  );
});

test.each([
  ["as PHP writes it", "a/key/that/must/not/show", (it: string) => it.replaceAll("/", "\\/")],
  ["cut off by the end of an excerpt", key, (it: string) => `${"-".repeat(130)}${it}`],
  ["in a URL", "a+key=that/must/not&show", encodeURIComponent],
])("a key that comes back %s is in no output", async (_, valid, form) => {
  const { report, exchanges } = await check(
    (_, response) => response.writeHead(400, json).end(`{"errors":"${form(valid)}"}`),
    { keys: { valid } },
  );
  const text = JSON.stringify(report);
  for (const part of [valid, form(valid), valid.slice(0, 12)]) expect(text).not.toContain(part);
  expect(JSON.stringify(exchanges)).not.toContain(form(valid));
});

test.each([0, 1, 2])("a key in Base64 that is cut off, after %i other bytes, is masked", (before) => {
  const mask = maskOf({ valid: key });
  const form = Buffer.from(`${"-".repeat(before)}${key}`).toString("base64");
  const start = Math.ceil((before * 8) / 6);
  for (let end = start + 4; end < form.length - 4; end += 1)
    expect(mask(`${form.slice(0, end)}…`)).not.toContain(form.slice(start, start + 4));
});

test.each([
  encodeURIComponent,
  (text: string) => encodeURIComponent(encodeURIComponent(text)),
  (text: string) => text.replaceAll(/\W/g, (it) => `&#x${it.charCodeAt(0).toString(16)};`),
])("a key with signs that is cut off is masked, escaped in any way (%#)", (escaped) => {
  const valid = "a1b2/c3+d4//e5==";
  const form = escaped(valid);
  for (let end = 6; end < form.length; end += 1)
    expect(maskOf({ valid })(`${form.slice(0, end)}…`)).toBe("[key]…");
});

test.each([
  ["Base64 of the header", Buffer.from(`Bearer ${key}`).toString("base64")],
  ["Base64 within more", Buffer.from(`x-${key}-y`).toString("base64")],
  ["Base64 for URLs", Buffer.from(`{"k":"${key}"}`).toString("base64url")],
  ["percent-encoded throughout", [...key].map((it) => `%${it.charCodeAt(0).toString(16)}`).join("")],
  ["escaped as in HTML", key.replaceAll("-", "&#45;")],
  ["escaped throughout", [...key].map((it) => `\\u00${it.charCodeAt(0).toString(16)}`).join("")],
])("a key that comes back as %s is in no output", async (_, form) => {
  const answers = [`{"errors":[{"title":"${form}"}]}`, `${"-".repeat(120)}${form}`];
  for (const body of answers) {
    const { report, exchanges } = await check((_, response) => response.writeHead(400, json).end(body));
    const texts = [JSON.stringify(report), JSON.stringify(exchanges), textOf(report, pc.createColors(false))];
    for (const text of texts) for (const part of [key, form.slice(20, 34)]) expect(text).not.toContain(part);
  }
});

describe("answers without measure are one finding each, and are not looked at", () => {
  const most = (count: number, item: string) => item.repeat(count);
  test.each([
    ["many values", `{"data":[${most(120_000, "{},")}{}]}`, /has more than \d+ values/],
    ["lists within lists", `{"data":${most(50_000, "[")}${most(50_000, "]")}}`, /levels deep/],
    ["objects within objects", `${most(50_000, '{"a":')}1${most(50_000, "}")}`, /levels deep/],
    ["lists that are never closed", most(100_000, "["), /levels deep/],
  ])("%s", async (_, body, says) => {
    const { report, findings, exchanges } = await check((_, response) =>
      response.writeHead(200, json).end(body),
    );
    const found = findings.filter((it) => it.check === "response_schema_conformance");
    expect(found).toHaveLength(1);
    expect(found[0]?.message).toMatch(says);
    expect(report.verdict).toBe("deviates");
    const kept = exchanges.map((it) => (it.outcome.kind === "answer" ? it.outcome.text.length : 0));
    expect(Math.max(...kept)).toBeLessThanOrEqual(limits.kept + 1);
  });

  test("of many different findings at one place some are told, and that there are more", async () => {
    const names = Array.from({ length: 300 }, (_, index) => `"p${index}":1`).join();
    let count = 0;
    const { report } = await check((_, response) =>
      response.writeHead(200, json).end(`{"data":[],"x${count++}":1,${names}}`),
    );
    for (const { findings } of report.results) expect(findings.length).toBeLessThanOrEqual(51);
  });
});

test("what would rule a terminal, or turn its text around, is an escape in every output", async () => {
  const nasty = "\u009b31m\u007f\u202e\u2066\u0085\u001b]0;x\u0007";
  const { report } = await check((_, response) =>
    response
      .writeHead(200, json)
      .end(JSON.stringify({ data: [{ [nasty]: nasty, type: nasty, id: nasty }], [nasty]: nasty })),
  );
  expect(findingsOf(report).length).toBeGreaterThan(0);
  const texts = [
    JSON.stringify(report),
    junitOf([report]),
    summaryOf([report]),
    textOf(report, pc.createColors(false)),
  ];
  for (const text of texts) expect(text).not.toMatch(/(?!\n|\t)[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
  expect(texts[3]).toContain("\\u202e");
});

test("a summary has no link that an instance has sent, even if the instance has escaped its brackets", async () => {
  const { report } = await check((_, response) => response.writeHead(200, json).end("{}"));
  const [finding] = findingsOf(report);
  const message = "\\[click\\](https://elsewhere.test)";
  const results = [{ ...report.results[0], findings: [{ ...finding, message }] }];
  const summary = summaryOf([{ ...report, results } as typeof report]);
  expect(summary).toContain("\\\\\\[click\\\\\\](https://elsewhere.test)");
});

test("JUnit has each finding of a case, whatever its level", async () => {
  const { report } = await check((_, response) => response.writeHead(200, json).end("{}"));
  const [finding] = findingsOf(report);
  const levels = ["failure", "warning", "unprovable", "accepted", "note"];
  const findings = levels.map((level) => ({ ...finding, level, message: `Of level ${level}.` }));
  const results = [{ ...report.results[0], status: "failed", findings }];
  const xml = junitOf([{ ...report, results } as typeof report]);
  for (const { message } of findings) expect(xml).toContain(message);
});

describe("what can't be read proves nothing", () => {
  test.each([
    ["an HTML page", "<html></html>", "text/html"],
    ["JSON that is cut off", '{"data":[', "application/json"],
    ["UTF-16", Buffer.from('{"data":[]}', "utf16le"), "application/json"],
  ])("%s: nothing is created, and no check passes that looks into an answer", async (_, body, type) => {
    let posts = 0;
    const { report } = await check((request, response) => {
      if (request.method === "POST") posts++;
      if (isOne(request)) response.writeHead(404, json).end('{"errors":[]}');
      else response.writeHead(200, { "content-type": type }).end(body);
    });
    expect(posts).toBe(0);
    expect(report.leftovers).toEqual({ handlers: [], unknown: [] });
    expect(report.hollow).toContainEqual(expect.stringMatching(/No handler was created/));
    for (const name of ["page_past_the_end", "undocumented_parameters", "positive_data_acceptance"])
      for (const it of report.results.filter(({ check }) => check === name))
        expect([it.check, it.operation, it.held]).toEqual([name, it.operation, 0]);
    expect(report.results.find((it) => it.check === "page_past_the_end")?.status).toBe("unprovable");
    expect(report.results.find((it) => it.check === "undocumented_parameters")?.status).toBe("unprovable");
  });

  const links = { first: "", last: "", self: "", next: null, prev: null };
  const meta = { page: 1, results_per_page: 25, total: 1, total_pages: 1 };
  const list = JSON.stringify({ data: [], meta, links });
  test.each([
    ["a redirect", 302, "", "", undefined],
    ["a refusal", 400, '{"errors":[]}', "application/json", undefined],
    [
      "an HTML page",
      200,
      "<html></html>",
      "text/html",
      /answered with 200 and text\/html, which can't be read/,
    ],
    ["JSON that is cut off", 200, '{"da', "application/json", /answered with 200 .* is cut off/],
  ])("creates that are answered with %s are told as that", async (_, status, body, type, why) => {
    const { report } = await check((request, response) => {
      if (request.method === "POST")
        response.writeHead(status, { "content-type": type, location: "/" }).end(body);
      else response.writeHead(200, json).end(list);
    });
    const { unknown, handlers } = report.leftovers;
    expect(handlers).toEqual([]);
    expect(unknown.length > 0).toBe(why !== undefined);
    for (const it of unknown) expect(it.why).toMatch(why as RegExp);
  });
});
