import { METHODS } from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { descriptionNames, loadDescription, validateResponse } from "../../src/description/index.ts";
import { createApp, errorsBody, ListenError, listen, originOf, Refusal } from "../../src/http/index.ts";
import { send, titlesOf } from "../mock/harness.ts";

test.each(descriptionNames)("the errors body is the one of the contract of %s", (name) => {
  for (const operation of loadDescription(name).operations) {
    for (const status of [...operation.responses.keys()].map(Number).filter((it) => it >= 400)) {
      const body = JSON.parse(errorsBody(status, ["One.", "Two."]));
      expect(validateResponse(operation, status, "application/json", body)).toEqual([]);
    }
  }
});

test("a refusal is answered as it is, another fault as 500 without a word of it", async () => {
  const app = createApp();
  app.get("/refused", () => {
    throw new Refusal(429, ["Slow down.", "Please."], { "retry-after": "1" });
  });
  app.get("/broken", () => {
    throw new Error("secret detail");
  });
  const refused = await app.inject("/refused");
  expect(refused.statusCode).toBe(429);
  expect(refused.headers["retry-after"]).toBe("1");
  expect(refused.json()).toEqual({
    errors: [
      { title: "Slow down.", status: 429 },
      { title: "Please.", status: 429 },
    ],
  });
  const broken = await app.inject("/broken");
  expect(broken.statusCode).toBe(500);
  expect(broken.body).not.toContain("secret");
  expect(broken.json()).toEqual({ errors: [{ title: expect.any(String), status: 500 }] });
});

test("a port that can't be is one sentence", async () => {
  await expect(listen(createApp(), "127.0.0.1", 70000)).rejects.toThrow(/^There is no port 70000: /);
});

test("a port in use is one sentence", async () => {
  const [first, second] = [createApp(), createApp()];
  const { port } = new URL(await listen(first, "127.0.0.1", 0));
  await expect(listen(second, "127.0.0.1", Number(port))).rejects.toThrow(ListenError);
  await expect(listen(createApp(), "127.0.0.1", Number(port))).rejects.toThrow(
    `Port ${port} on 127.0.0.1 is in use`,
  );
  await first.close();
});

test.each([
  ["127.0.0.1", "http://127.0.0.1:80"],
  ["0.0.0.0", "http://127.0.0.1:80"],
  ["::", "http://[::1]:80"],
  ["::1", "http://[::1]:80"],
  ["localhost", "http://localhost:80"],
])("%s is reached at %s", (host, origin) => {
  expect(originOf(host, 80)).toBe(origin);
});

describe("requests as bytes", () => {
  const app = createApp({ hosts: ["h", "b%C3%BCcher.example"] });
  app.get("/there", async () => ({ data: [] }));
  let origin = "";
  beforeAll(async () => {
    origin = await listen(app, "127.0.0.1", 0);
  });
  afterAll(() => app.close());
  const ask = (start: string, headers: readonly string[]) =>
    send(origin, [start, ...headers, "Connection: close", "", ""].join("\r\n"));

  test.each([
    ["1.1", [], 400],
    ["1.0", [], 200],
    ["1.1", ["Host:"], 200],
    ["1.1", ["host: localhost:4010"], 200],
    ["1.1", ["HOST: [::1]:4010"], 200],
    ["1.1", ["Host: b%C3%BCcher.example"], 200],
    ["1.1", ["Host: a", "Host: a"], 400],
    ["1.0", ["Host: a", "hOST: b"], 400],
    ["1.1", ["Host: a/b"], 400],
    ["1.1", ["Host: a@b"], 400],
    ["1.1", ["Host: a b"], 400],
    ["1.1", ["Host: a:b"], 400],
    ["1.1", ['Host: "><script>'], 400],
  ])("HTTP/%s with %j is answered with %i", async (version, headers, status) => {
    const answer = await ask(`GET /there HTTP/${version}`, headers);
    expect(answer.status, answer.text).toBe(status);
    if (status === 400) expect(titlesOf(answer)).toEqual([expect.stringMatching(/Host header/)]);
  });

  test.each(METHODS.filter((method) => method !== "HEAD"))("%s is answered", async (method) => {
    const answer = await ask(`${method} ${method === "CONNECT" ? "h:443" : "/nowhere"} HTTP/1.1`, [
      "Host: h",
    ]);
    expect(answer.status, answer.text).toBe(method === "CONNECT" ? 405 : method === "QUERY" ? 400 : 404);
    titlesOf(answer);
  });

  test("CONNECT is told that there is no method for it, and the connection is closed", async () => {
    const { text } = await send(origin, "CONNECT h:443 HTTP/1.1\r\nHost: h:443\r\n\r\n");
    expect(text).toMatch(
      /^HTTP\/1\.1 405 Method Not Allowed\r\n[\s\S]*\r\nAllow: \r\nConnection: close\r\n\r\n\{/,
    );
  });

  test("a CONNECT whose client is gone ends nothing", async () => {
    const socket = connect(Number(new URL(origin).port), "127.0.0.1");
    const closed = new Promise((resolve) => socket.on("close", resolve));
    socket.on("connect", () => {
      socket.write(`CONNECT h:443 HTTP/1.1\r\nHost: h\r\n\r\n${"x".repeat(100_000)}`);
      socket.resetAndDestroy();
    });
    await closed;
    expect((await ask("GET /there HTTP/1.1", ["Host: h"])).status).toBe(200);
  });

  test.each([["websocket"], ["h2c"]])("an offer to upgrade to %s is passed over", async (protocol) => {
    const offer = [
      "Host: h",
      `Upgrade: ${protocol}`,
      "Connection: Upgrade, HTTP2-Settings",
      "HTTP2-Settings: x",
    ];
    const answer = await ask("GET /there HTTP/1.1", offer);
    expect(answer.status).toBe(200);
  });
});

describe("requests behind an offer to upgrade are answered, in their order", () => {
  const app = createApp();
  app.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
  app.get("/there", async () => "there");
  app.get("/late", async () => {
    await new Promise(setImmediate);
    return "late";
  });
  app.post("/there", async (request) => `posted ${request.body}`);
  let origin = "";
  beforeAll(async () => {
    origin = await listen(app, "127.0.0.1", 0);
  });
  afterAll(() => app.close());

  const offer = "Upgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n";
  const get = (path: string, more = "") => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n${more}\r\n`;
  const post = (more = "") =>
    `POST /there HTTP/1.1\r\nHost: localhost\r\nContent-Type: a/b\r\nContent-Length: 3\r\n${more}\r\nabc`;
  const last = get("/there", "Connection: close\r\n");

  test.each([
    ["at once", [get("/there", offer) + last], ["there", "there"]],
    ["in a packet of their own", [get("/there", offer), last], ["there", "there"]],
    ["after a body", [post(offer) + post() + last], ["posted abc", "posted abc", "there"]],
    [
      "an offer behind an offer",
      [get("/late", offer) + get("/there", offer) + last],
      ["late", "there", "there"],
    ],
    [
      "an offer behind what is still answered",
      [get("/late") + get("/there", offer) + get("/late") + get("/there", offer) + last],
      ["late", "there", "late", "there", "there"],
    ],
    [
      "an offer of a path that is not there",
      [get("/there") + get("/nope", offer) + last],
      ["there", "404", "there"],
    ],
  ])("%s", async (_, chunks, answers) => {
    const { text } = await send(origin, ...chunks);
    const found = [...text.matchAll(/"status":(404)|\r\n\r\n(late|there|posted abc)/g)];
    expect(found.map(([, status, body]) => status ?? body)).toEqual(answers);
  });

  test("a client that is gone ends nothing", async () => {
    const socket = connect(Number(new URL(origin).port), "127.0.0.1");
    const closed = new Promise((resolve) => socket.on("close", resolve));
    socket.on("connect", () => {
      socket.write(get("/late", offer) + get("/there", offer));
      socket.resetAndDestroy();
    });
    await closed;
    expect((await fetch(`${origin}/there`)).status).toBe(200);
  });
});

/** A promise, and what resolves it. */
function signal(): [Promise<void>, () => void] {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((resolved) => {
    resolve = resolved;
  });
  return [promise, resolve];
}

test("what comes on a kept connection while the server closes is served", async () => {
  const app = createApp({ hosts: ["h"] });
  const [slow, release] = signal();
  const [entered, enter] = signal();
  const [closing, close] = signal();
  app.get("/slow", async () => {
    enter();
    await slow;
    return { data: "slow" };
  });
  app.get("/fast", async () => {
    release();
    return { data: "fast" };
  });
  app.addHook("preClose", async () => close());
  const { port } = new URL(await listen(app, "127.0.0.1", 0));
  const socket = connect(Number(port), "127.0.0.1");
  let text = "";
  socket.on("data", (chunk) => {
    text += chunk;
  });
  const ended = new Promise((resolve) => socket.on("close", resolve));
  socket.write("GET /slow HTTP/1.1\r\nHost: h\r\n\r\n");
  await entered;
  const closed = app.close();
  await closing;
  socket.write("GET /fast HTTP/1.1\r\nHost: h\r\n\r\n");
  await ended;
  await closed;
  expect(text).toMatch(/"slow"[\s\S]*"fast"/);
  expect(text).not.toContain("503");
});

test("localhost is an address, too", async () => {
  const app = createApp();
  app.get("/", async () => "");
  const origin = await listen(app, "localhost", 0);
  expect((await fetch(origin)).status).toBe(200);
  await app.close();
});
