import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { createInterface } from "node:readline";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { mockPath } from "../../src/mock/index.ts";
import { anyText } from "../any-text.ts";
import { nodeArguments } from "../cli/built.ts";
import { filtered } from "../instances.ts";
import { timesOf } from "../scope.ts";
import { ask, expectHonoured, form, key, send, serveMocks, titlesOf } from "./harness.ts";

describe("what is hardly HTTP", () => {
  const mocks = serveMocks({}, { requestMilliseconds: 300 });
  const path = `${mockPath(filtered)}/notification-handlers`;
  const head = "Authorization: Bearer k\r\nConnection: close\r\n";
  const post = `POST ${path} HTTP/1.1\r\nHost: h\r\n${head}`;

  const served = async () => {
    expect((await ask(`${mocks.baseUrl(filtered)}/notification-handlers/1`, { headers: key })).status).toBe(
      200,
    );
  };

  test.each<[string, string, number]>([
    ["no HTTP at all", "\x16\x03\x01\x02\0\x01\0\x01\xfc\r\n\r\n", 400],
    ["another protocol", "GET / FTP/1.1\r\n\r\n", 400],
    ["headers without end", `GET ${path} HTTP/1.1\r\nHost: h\r\nX: ${"x".repeat(20_000)}\r\n\r\n`, 431],
    ["many headers", `GET ${path} HTTP/1.1\r\nHost: h\r\n${"X: yyyyyyyyyy\r\n".repeat(5000)}\r\n`, 431],
    ["a header with a NUL", `GET ${path} HTTP/1.1\r\nHost: h\r\nX: a\0b\r\n\r\n`, 400],
    ["two different lengths", `${post}Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx`, 400],
    ["a length and chunks", `${post}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, 400],
    [
      "a broken chunk",
      `${post}Content-Type: multipart/form-data; boundary=b\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n`,
      400,
    ],
    ["a length that is no number", `${post}Content-Length: x\r\n\r\n`, 400],
    [
      "a form that is cut off by its length",
      `${post}Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 3\r\n\r\n--b`,
      400,
    ],
    [
      "two content types",
      `${post}Content-Type: application/json\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 2\r\n\r\n{}`,
      400,
    ],
    ["no Host", `GET ${path}/1 HTTP/1.1\r\n${head}\r\n`, 400],
    ["no Host and a bad path", `GET /%ZZ HTTP/1.1\r\n${head}\r\n`, 400],
    ["a bad path", `GET /%ZZ HTTP/1.1\r\nHost: h\r\n${head}\r\n`, 404],
    ["CONNECT", "CONNECT h:443 HTTP/1.1\r\nHost: h:443\r\n\r\n", 405],
    ["a whole URL with a bad path", `GET http://evil.example/%ZZ HTTP/1.1\r\nHost: h\r\n${head}\r\n`, 404],
    [
      "another page size in two forms",
      `GET ${path}?results_per_page=10&results_per_page=7 HTTP/1.1\r\nHost: h\r\n${head}\r\n`,
      400,
    ],
    [
      "an expectation that is unknown",
      `GET ${path} HTTP/1.1\r\nHost: h\r\nExpect: magic\r\n${head}\r\n`,
      417,
    ],
    ["an unfinished header", `GET ${path} HTTP/1.1\r\nHost: h\r\nX`, 408],
    [
      "a body that does not come",
      `${post}Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 10\r\n\r\n--b`,
      408,
    ],
  ])("%s is refused in the errors body", async (_, text, status) => {
    const answer = await send(mocks.origin, Buffer.from(text, "latin1"));
    expect(answer.status, answer.text).toBe(status);
    titlesOf(answer);
    await served();
  });

  test.each([
    ["HTTP/1.0 without Host", `GET ${path}/1 HTTP/1.0\r\n${head}\r\n`],
    ["a whole URL", `GET http://h${path}/1 HTTP/1.1\r\nHost: h\r\n${head}\r\n`],
    ["two keys", `GET ${path}/1 HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer a\r\n${head}\r\n`],
    ["a percent-encoded prefix", `GET ${path.replace(".", "%2E")}/1 HTTP/1.1\r\nHost: h\r\n${head}\r\n`],
  ])("%s is served", async (_, text) => {
    const answer = await send(mocks.origin, text);
    expect(answer.status, answer.text).toBe(200);
  });

  test("a Host that no link should name does not get into the links", async () => {
    const answer = await send(mocks.origin, `GET ${path} HTTP/1.1\r\nHost: h'(script)\r\n${head}\r\n`);
    expect(answer.status).toBe(200);
    expect(answer.text).not.toContain("script");
    const { links } = answer.body as { links: { first: string } };
    expect(links.first.startsWith(mocks.origin)).toBe(true);
  });

  test("a client that goes away in the midst of its body", async () => {
    const { hostname, port } = new URL(mocks.origin);
    const socket = connect(Number(port), hostname);
    await once(socket, "connect");
    socket.write(
      `${post}Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 1000\r\n\r\n--b\r\n`,
    );
    socket.resetAndDestroy();
    await served();
  });

  test.each([
    [
      "a part without a blank line",
      '--b\r\nContent-Disposition: form-data; name="a"\r\n--b--\r\n',
      /no blank line/,
    ],
    [
      "a part with broken JSON",
      '--b\r\nContent-Disposition: form-data; name="type"\r\nContent-Type: application/json\r\n\r\n{"a":\r\n--b--\r\n',
      /Part 1 of the form declares JSON \(Content-Type\) but is not valid JSON/,
    ],
    [
      "a file",
      '--b\r\nContent-Disposition: form-data; name="type"; filename="x"\r\n\r\nemail\r\n--b--\r\n',
      /^Field "type" is a file, but this form takes text fields only\.$/,
    ],
    ["invalid UTF-8", '--b\r\nContent-Disposition: form-data; name="type"\r\n\r\n\xff\r\n--b--\r\n', /UTF-8/],
    [
      "no closing boundary",
      '--b\r\nContent-Disposition: form-data; name="type"\r\n\r\nemail\r\n',
      /closing boundary/,
    ],
    ["nothing but noise", "\0\0\0", /boundary/],
  ])("%s is refused with a sentence", async (_, body, title) => {
    const answer = await ask(`${mocks.baseUrl(filtered)}/notification-handlers`, {
      method: "POST",
      headers: { ...key, "content-type": "multipart/form-data; boundary=b" },
      body: Buffer.from(body, "latin1"),
    });
    expect(answer.status).toBe(400);
    expect(titlesOf(answer)).toEqual([expect.stringMatching(title)]);
    await served();
  });

  test("names that objects have are just names", async () => {
    const fields = { name: "x", type: "email", __proto__x: "1", constructor: "2", toString: "3" };
    const body = form([...Object.entries(fields), ["__proto__", "4"]]);
    const answer = await ask(`${mocks.baseUrl(filtered)}/notification-handlers`, {
      method: "POST",
      headers: key,
      body,
    });
    expect(titlesOf(answer)).toHaveLength(4);
  });
});

/** How many malformed bodies are sent; the tests send few, MOCK_FUZZ_RUNS=20000 sends many. */
const runs = timesOf("MOCK_FUZZ_RUNS", { usual: 300, all: 20_000 });

describe(`${runs} malformed bodies to the command itself`, () => {
  let command: ChildProcess;
  let baseUrl = "";

  beforeAll(async () => {
    const script = [...nodeArguments("src/cli/mock.ts"), filtered, "--port", "0", "--log", "none"];
    command = spawn(process.execPath, script, { stdio: ["ignore", "pipe", "inherit"] });
    const lines = createInterface({ input: command.stdout ?? process.stdin });
    const [line] = (await once(lines, "line")) as [string];
    baseUrl = line.split(/\s+/)[1] ?? "";
  });
  afterAll(() => {
    command.kill("SIGTERM");
  });

  const boundary = "b";
  const piece = fc.oneof(
    fc.constantFrom(
      `--${boundary}\r\n`,
      `--${boundary}--\r\n`,
      `--${boundary}`,
      "\r\n",
      "\r\n\r\n",
      "\n",
      "--",
      "\0",
    ),
    fc.constantFrom(
      'Content-Disposition: form-data; name="type"\r\n',
      'Content-Disposition: form-data; name="name"\r\n',
    ),
    fc.constantFrom(
      "Content-Type: application/json\r\n",
      "Content-Type: application/octet-stream\r\n",
      "Content-Type: \r\n",
    ),
    fc.constantFrom(
      "\r\n\r\nemail\r\n",
      "telegram",
      '{"a":',
      'filename="x"',
      "name=",
      "Content-Disposition:",
      "; ",
      '"',
    ),
    fc.uint8Array({ maxLength: 30 }).map((bytes) => Buffer.from(bytes).toString("latin1")),
  );
  const wellFormed = fc
    .dictionary(fc.constantFrom("type", "name", "email", "telegram", "is_enabled"), anyText())
    .map((fields) => {
      const parts = Object.entries(fields).map(
        ([name, value]) =>
          `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
      );
      return `${parts.join("")}--${boundary}--\r\n`;
    });
  const broken = fc
    .tuple(wellFormed, fc.nat(), fc.nat({ max: 8 }), piece)
    .map(([body, at, length, noise]) => {
      const start = at % (body.length + 1);
      return body.slice(0, start) + noise + body.slice(start + length);
    });
  const body = fc.oneof(
    broken,
    fc.array(piece, { maxLength: 25 }).map((pieces) => pieces.join("")),
  );
  const contentType = fc.oneof(
    { weight: 8, arbitrary: fc.constant(`multipart/form-data; boundary=${boundary}`) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        "multipart/form-data",
        `multipart/form-data; boundary="${boundary}"`,
        `multipart/form-data; boundary=${boundary}; boundary=c`,
        "multipart/form-data; boundary=",
        "application/json",
        "text/plain; type=application/json",
      ),
    },
  );

  test(
    "it lives, and every answer is the contract's",
    async () => {
      const tally = new Map<number, number>();
      const operations = fc.constantFrom(
        ["createNotificationHandler", "/notification-handlers"],
        ["updateNotificationHandler", "/notification-handlers/1"],
      );
      await fc.assert(
        fc.asyncProperty(operations, contentType, body, async ([id, path], type, text) => {
          const answer = await ask(`${baseUrl}${path}`, {
            method: "POST",
            headers: { ...key, "content-type": type },
            body: Buffer.from(text, "latin1"),
          });
          tally.set(answer.status, (tally.get(answer.status) ?? 0) + 1);
          expect([200, 400]).toContain(answer.status);
          expectHonoured(filtered, id ?? "", answer);
          if (answer.status === 400) titlesOf(answer);
          expect(command.exitCode).toBe(null);
        }),
        { numRuns: runs },
      );
      expect((await ask(`${baseUrl}/notification-handlers/1`, { headers: key })).status).toBe(200);
      expect(tally.get(400) ?? 0).toBeGreaterThan(runs / 2);
    },
    30_000 + runs * 20,
  );
});
