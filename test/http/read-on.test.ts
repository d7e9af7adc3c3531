import { request } from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createApp, listen, Refusal } from "../../src/http/index.ts";
import { readAnswers } from "../attack/answers.ts";
import { ask, titlesOf } from "../mock/harness.ts";

const mebibyte = 1024 * 1024;
const app = createApp();
app.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
app.post("/taken", async () => "taken");
app.register(async (scope) => {
  scope.addHook("onRequest", async () => {
    throw new Refusal(401, "There is no key.");
  });
  scope.post("/guarded", async () => "never");
});
let origin = "";
beforeAll(async () => {
  origin = await listen(app, "127.0.0.1", 0);
});
afterAll(() => app.close());

const headers = { "content-type": "a/b" };

describe.each([1.5, 4, 20])("a body of %d MiB", (size) => {
  const body = Buffer.alloc(size * mebibyte);
  const inParts = () =>
    new ReadableStream({
      start(controller) {
        for (let at = 0; at < body.length; at += 65_536) controller.enqueue(body.subarray(at, at + 65_536));
        controller.close();
      },
    });

  test.each([
    ["/taken", 413],
    ["/guarded", 401],
    ["/nowhere", 413],
  ])("%s: %d can be read by fetch, and the next request is served", async (path, status) => {
    for (let time = 0; time < 5; time += 1) {
      const answer = await ask(origin + path, { method: "POST", headers, body });
      expect(answer.status).toBe(status);
      titlesOf(answer);
    }
    expect((await ask(`${origin}/taken`, { method: "POST", headers, body: "x" })).status).toBe(200);
  });

  test("413 can be read by fetch that does not say the length", async () => {
    const init = { method: "POST", headers, body: inParts(), duplex: "half" };
    const answer = await ask(`${origin}/taken`, init as RequestInit);
    expect(answer.status).toBe(413);
    titlesOf(answer);
  });

  test.each([
    ["/taken", 413],
    ["/guarded", 401],
  ])(
    "%s: %d can be read by a client that reads when all is written, and wants the connection closed",
    async (path, status) => {
      const text = await new Promise<string>((resolve, reject) => {
        const options = {
          method: "POST",
          agent: false,
          headers: { ...headers, "content-length": body.length },
        };
        const sent = request(origin + path, options, (response) => {
          expect(response.statusCode).toBe(status);
          response.pause();
          const read = () => {
            let received = "";
            response.setEncoding("utf8").on("data", (chunk) => {
              received += chunk;
            });
            response.on("end", () => resolve(received)).resume();
          };
          if (sent.writableFinished) read();
          else sent.on("finish", read);
        });
        sent.on("error", reject);
        sent.end(body);
      });
      expect(JSON.parse(text)).toEqual({ errors: [{ title: expect.any(String), status }] });
    },
  );
});

test.each([413, 401])(
  "requests right behind a body that is refused with %d are answered, too",
  async (status) => {
    const socket = connect(Number(new URL(origin).port), "127.0.0.1");
    const gone = new Promise((resolve) => socket.on("close", resolve));
    const chunks: Buffer[] = [];
    socket.on("data", (chunk) => chunks.push(chunk));
    const post = (path: string, body: Buffer, more = "") => {
      const lengths = `Content-Type: a/b\r\nContent-Length: ${body.length}\r\n${more}`;
      return Buffer.concat([Buffer.from(`POST ${path} HTTP/1.1\r\nHost: localhost\r\n${lengths}\r\n`), body]);
    };
    const small = Buffer.from("x");
    const refused = post(status === 413 ? "/taken" : "/guarded", Buffer.alloc(4 * mebibyte));
    socket.write(
      Buffer.concat([refused, post("/taken", small), post("/taken", small, "Connection: close\r\n")]),
    );
    await gone;
    expect(readAnswers(Buffer.concat(chunks), []).map((answer) => answer.status)).toEqual([status, 200, 200]);
  },
);

test.each([
  ["HTTP/1.1", "", "keep-alive"],
  ["HTTP/1.1", "Connection: close\r\n", "close"],
  ["HTTP/1.0", "", "close"],
])("413 to %s with %j says whether the connection is kept: %s", async (version, more, want) => {
  const socket = connect(Number(new URL(origin).port), "127.0.0.1");
  const body = Buffer.alloc(2 * mebibyte);
  let text = "";
  const gone = new Promise((resolve) => socket.on("close", resolve));
  socket.on("data", (chunk) => {
    text += chunk;
    if (want === "keep-alive") socket.end();
  });
  socket.write(
    `POST /taken ${version}\r\nHost: localhost\r\nContent-Type: a/b\r\nContent-Length: ${body.length}\r\n${more}\r\n`,
  );
  socket.write(body);
  await gone;
  expect(text).toMatch(/^HTTP\/1\.1 413 /);
  expect(/^connection: (.*)$/im.exec(text)?.[1]?.trim()).toBe(want);
});

test("a body without end is not read without end", async () => {
  const socket = connect(Number(new URL(origin).port), "127.0.0.1");
  const gone = new Promise((resolve) => socket.on("close", resolve));
  let text = "";
  socket.on("data", (chunk) => {
    text += chunk;
  });
  let sent = 0;
  const chunk = Buffer.alloc(mebibyte);
  const more = (): void => {
    while (!socket.destroyed && socket.writable) {
      sent += chunk.length;
      if (!socket.write(chunk)) {
        socket.once("drain", more);
        return;
      }
    }
  };
  socket.on("error", () => socket.destroy());
  socket.write(
    `POST /taken HTTP/1.1\r\nHost: localhost\r\nContent-Type: a/b\r\nContent-Length: ${1e12}\r\n\r\n`,
  );
  more();
  await gone;
  expect(text).toMatch(/^HTTP\/1\.1 413 /);
  expect(text.toLowerCase()).toContain("connection: close");
  expect(sent).toBeGreaterThan(60 * mebibyte);
});

test("a client that does not send on is answered at once, and not waited for", async () => {
  const impatient = createApp({ bounds: { requestMilliseconds: 200 } });
  impatient.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
  impatient.post("/taken", async () => "taken");
  const { port } = new URL(await listen(impatient, "127.0.0.1", 0));
  const socket = connect(Number(port), "127.0.0.1");
  let text = "";
  const answered = new Promise((resolve) => {
    socket.on("data", (chunk) => {
      text += chunk;
      resolve(chunk);
    });
  });
  const gone = new Promise((resolve) => socket.on("close", resolve));
  socket.on("error", () => socket.destroy());
  socket.write(
    "POST /taken HTTP/1.1\r\nHost: localhost\r\nContent-Type: a/b\r\nContent-Length: 9999999\r\n\r\nx",
  );
  await answered;
  expect(text).toMatch(/^HTTP\/1\.1 413 /);
  await gone;
  await impatient.close();
});
