import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createApp, listen } from "../../src/http/index.ts";
import { readAnswers } from "../attack/answers.ts";

/* Several requests on a connection at once. */
const app = createApp();
let port: number;
let release = () => {};
const held = new Promise<void>((resolve) => {
  release = resolve;
});

beforeAll(async () => {
  app.get("/slow", async () => {
    await wait(50);
    return { slow: true };
  });
  app.get("/held", () => held.then(() => ({ held: true })));
  app.get("/bytes", (_request, reply) => reply.send(Buffer.from("bytes")));
  app.post("/echo", async (request) => ({ echo: request.body }));
  port = Number(new URL(await listen(app, "127.0.0.1", 0)).port);
});
afterAll(() => app.close());

/** A piece of what is sent, and what has to have come before it is. */
interface Held {
  readonly when: RegExp;
  readonly text: string;
}

/** Sends the pieces, and gives all that was received when the server has closed the connection. */
async function received(first: string, ...held: readonly Held[]): Promise<Buffer> {
  const socket = connect(port, "127.0.0.1");
  const chunks: Buffer[] = [];
  const waiting = [...held];
  socket.on("data", (chunk) => {
    chunks.push(chunk);
    while (waiting[0]?.when.test(Buffer.concat(chunks).toString("latin1")))
      socket.write(waiting.shift()?.text ?? "");
  });
  socket.write(first);
  await once(socket, "close");
  return Buffer.concat(chunks);
}

const head = (line: string, ...more: string[]) =>
  [`${line} HTTP/1.1`, "Host: localhost", ...more, "\r\n"].join("\r\n");
const expecting = "Expect: 100-continue";
const last = "Connection: close";

test("an interim answer never gets between the head and the body of a final one", async () => {
  const bytes = await received(head("GET /slow") + head("GET /bytes", expecting, last));
  expect(readAnswers(bytes, []).map(({ body }) => body)).toEqual(['{"slow":true}', "bytes"]);
});

test.each([
  ["two Hosts", "GET /bytes HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n", 400],
  ["a foreign Host", "GET /bytes HTTP/1.1\r\nHost: evil.example\r\n\r\n", 403],
])("the refusal of %s is not lost when more comes: that is answered, too", async (_, refused, status) => {
  const more = { when: /"errors"/, text: head("GET /bytes", last) };
  const bytes = await received(refused, more);
  expect(readAnswers(bytes, []).map((it) => it.status)).toEqual([status, 200]);
});

test("a body that is held back behind another request is asked for when that one is answered", async () => {
  const body = JSON.stringify({ a: 1 });
  const post = head(
    "POST /echo",
    expecting,
    "Content-Type: application/json",
    `Content-Length: ${body.length}`,
    last,
  );
  const bytes = await received(head("GET /slow") + post, { when: /100 Continue/, text: body });
  expect(bytes.toString()).toMatch(/\{"slow":true\}HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK/);
  expect(readAnswers(bytes, []).map((answer) => answer.body)).toEqual(['{"slow":true}', `{"echo":${body}}`]);
});

test("what is no request, behind an answer that is being written, is refused after it", async () => {
  for (let round = 0; round < 20; round += 1) {
    const bytes = await received(`${head("GET /bytes")}GET /© HTTP/1.1\r\n\r\n`);
    expect(readAnswers(bytes, []).map(({ status }) => status)).toEqual([200, 400]);
  }
});

test("what is no request is refused once, in however many pieces it comes behind a slow answer", async () => {
  const warned: Error[] = [];
  const keep = (warning: Error) => warned.push(warning);
  process.on("warning", keep);
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  const chunks: Buffer[] = [];
  socket.on("data", (chunk) => chunks.push(chunk));
  socket.write(head("GET /held"));
  for (let piece = 0; piece < 20; piece += 1) {
    socket.write("GET /© HTTP/1.1\r\n\r\n");
    await wait(2);
  }
  release();
  await once(socket, "close");
  process.off("warning", keep);
  expect(readAnswers(Buffer.concat(chunks), []).map(({ status }) => status)).toEqual([200, 400]);
  expect(warned).toEqual([]);
});

test.each([
  ["HEAD", "/bytes", 200],
  ["HEAD", "/nothing", 404],
  ["GET", "/nothing", 404],
])(
  "%s %s with a body that has no end is answered with %d before the connection is closed",
  async (method, path, status) => {
    const bytes = await received(head(`${method} ${path}`, "Transfer-Encoding: gzip", last));
    expect(readAnswers(bytes, [method]).map((answer) => answer.status)).toEqual([status]);
  },
);
