import { EventEmitter } from "node:events";
import { mkdtemp } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyReply } from "fastify";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Workbench, workbench } from "../../src/devkit/index.ts";
import { createApp, listen } from "../../src/http/index.ts";
import {
  addKey,
  listKeys,
  type RunningSandboxes,
  revokeKey,
  serveSandboxes,
} from "../../src/sandbox/index.ts";
import { sendEvents } from "../../src/workbench/events.ts";
import { mountRequestLog } from "../../src/workbench/index.ts";
import { createRequestLog } from "../../src/workbench/log.ts";
import type { RequestRecord } from "../../src/workbench/record.ts";

const instance = "bitpeak.ru";
const key = "a-key-that-nobody-may-see";
const otherKey = "the-key-of-another-test";
const list = "/notification-handlers/";

let running: RunningSandboxes;
let db: string;
let baseUrl: string;
let origin: string;
let bench: Workbench;

beforeAll(async () => {
  db = join(await mkdtemp(join(tmpdir(), "events-")), "h.db");
  running = await serveSandboxes({ instances: [instance], apiKeys: [key, otherKey], db });
  baseUrl = running.baseUrls.get(instance) ?? "";
  ({ origin } = new URL(baseUrl));
  bench = workbench({ baseUrl, apiKey: key });
});
afterAll(() => running.close());
beforeEach(() => bench.forget());

function call(path: string, sent = key, headers = {}): Promise<Response> {
  return fetch(path.startsWith("http") ? path : baseUrl + path, {
    headers: { authorization: `Bearer ${sent}`, ...headers },
  });
}

/** A request as the log keeps it. */
const record: RequestRecord = {
  id: 0,
  time: 0,
  method: "GET",
  url: "/",
  headers: {},
  operation: undefined,
  behaviour: undefined,
  form: undefined,
  body: undefined,
  status: 200,
  milliseconds: 0,
  answerHeaders: {},
  answer: undefined,
  reason: undefined,
  size: 1,
};

interface Event {
  readonly event: string;
  readonly id: number;
  readonly data: { readonly id: number; readonly operation: string };
}

/** Reads events until there are so many. */
async function read(
  path: string,
  count: number,
  act: () => Promise<unknown>,
  headers = {},
): Promise<Event[]> {
  const answer = await call(`${origin}${path}`, key, headers);
  expect(answer.headers.get("content-type")).toBe("text/event-stream");
  const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  const more = async () => decoder.decode((await reader.read()).value, { stream: true });
  let text = await more();
  await act();
  const events = () =>
    text
      .split("\n\n")
      .slice(0, -1)
      .filter((block) => block.startsWith("event:"))
      .map((block) => {
        const fields = Object.fromEntries(block.split("\n").map((line) => line.split(/: (.*)/s)));
        return { event: fields.event, id: Number(fields.id), data: JSON.parse(fields.data) };
      });
  while (events().length < count) text += await more();
  await reader.cancel();
  return events();
}

describe("events", () => {
  test("tell of the key's requests as they come, filtered", async () => {
    const events = await read("/_requests/events?operation=read", 2, async () => {
      await call(list);
      await call("/notification-handlers/1", otherKey);
      await call("/notification-handlers/1");
      await call("/notification-handlers/2");
    });
    const kept = await bench.requests({ operation: "read" });
    const summaries = kept.map(({ url, headers, query, form, body, answer, curl, ...summary }) => summary);
    expect(events).toEqual(summaries.map((data) => ({ event: "request", id: data.id, data })));
  });

  test.each(["since", "Last-Event-ID"])("begin behind %s", async (how) => {
    await call(list);
    const since = await bench.mark();
    await call("/notification-handlers/1");
    const [path, headers] =
      how === "since"
        ? [`/_requests/events?since=${since}`, {}]
        : ["/_requests/events", { "last-event-id": String(since) }];
    const events = await read(path, 1, async () => {}, headers);
    expect(events.map(({ data }) => data.operation)).toEqual(["read"]);
  });

  test("end when the key is revoked, and tell nothing that comes after", async () => {
    const revoked = "a-key-that-is-taken-away";
    await addKey(db, { name: "one", key: revoked });
    const answer = await call(`${origin}/_requests/events`, revoked);
    expect(answer.status).toBe(200);
    const id = (await listKeys(db)).find(({ name }) => name === "one")?.id ?? 0;
    const text = answer.text();
    let isEnded = false;
    void text.finally(() => {
      isEnded = true;
    });
    expect(await revokeKey(db, id)).toBe(true);
    // A refused request is told to all; it is the next one that finds the key gone. What was good is taken for good for a second.
    await expect.poll(() => call(list, "nobody").then(() => isEnded), { interval: 100 }).toBe(true);
    const told = (await text).split('"status":401').length - 1;
    expect(told).toBeLessThan((await bench.requests({ status: "401" })).length);
    expect((await call(`${origin}/_requests/events`, revoked)).status).toBe(401);
  });

  test("take no more than so many readers of a key, and leave the others theirs", async () => {
    const ends: AbortController[] = [];
    const open = async (sent: string) => {
      const end = new AbortController();
      ends.push(end);
      const headers = { authorization: `Bearer ${sent}` };
      return fetch(`${origin}/_requests/events`, { headers, signal: end.signal });
    };
    const answers = await Promise.all(Array.from({ length: 21 }, () => open(key)));
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(20).fill(200), 503]);
    const refused = answers.find(({ status }) => status === 503);
    expect(refused?.headers.get("retry-after")).toBe("5");
    expect(await refused?.text()).toContain("20 readers of this key follow the requests already.");
    expect((await open(otherKey)).status).toBe(200);
    for (const end of ends) end.abort();
    await expect.poll(async () => (await open(key)).status).toBe(200);
    for (const end of ends) end.abort();
  });

  test("keep no place for readers who go while their key is looked up", async () => {
    const app = createApp();
    const known: ((owner: number) => void)[] = [];
    await mountRequestLog(app, { isKnown: () => new Promise((resolve) => known.push(resolve)) });
    const { origin, host, hostname, port } = new URL(await listen(app, "127.0.0.1", 0));
    const path = "/_requests/events";
    const request = `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${key}\r\n\r\n`;
    const sockets = Array.from({ length: 20 }, () => connect(Number(port), hostname));
    for (const socket of sockets) socket.write(request);
    await expect.poll(() => known.length).toBe(20);
    for (const socket of sockets) socket.destroy();
    const open = () => new Promise((resolve) => app.server.getConnections((_error, count) => resolve(count)));
    await expect.poll(open).toBe(0);
    for (const resolve of known) resolve(1);
    const next = call(`${origin}${path}`);
    await expect.poll(() => known.length).toBe(21);
    known[20]?.(1);
    expect((await next).status).toBe(200);
    await app.close();
  });

  test("of a reader who does not read fill no memory, and say how many are missed", async () => {
    const log = createRequestLog();
    const written: string[] = [];
    const raw = Object.assign(new EventEmitter(), {
      writableLength: 0,
      writableEnded: false,
      destroyed: false,
      writeHead: () => raw,
      write(text: string) {
        written.push(text);
        raw.writableLength += text.length;
      },
      end: () => raw.emit("close"),
    });
    const reply = { raw, hijack: () => reply, getHeaders: () => ({}) } as unknown as FastifyReply;
    const mask = (text: string) => text;
    const isGood = async () => true;
    const reading = { log, owner: "me", mask, query: {}, since: undefined, isGood };
    const reader = sendEvents(reply, reading, () => {});
    const long = { ...record, url: `/${"x".repeat(10_000)}` };
    const come = async (count: number) => {
      const before = written.length;
      for (let number = 0; number < count; number += 1) log.add({ ...long, id: log.nextId() }, "me");
      await expect.poll(() => written.length > before || raw.writableLength > 1024 * 1024).toBe(true);
    };
    await come(1000);
    expect(raw.writableLength).toBeLessThan(1024 * 1024 + 20_000);
    await come(10);
    raw.writableLength = 0;
    await come(1);
    reader.end();
    const all = written.join("");
    const told = all.split("event: request").length - 1;
    const missed = [...all.matchAll(/event: missed\ndata: {"count":(\d+)}/g)].map(([, count]) =>
      Number(count),
    );
    expect(told + missed.reduce((sum, count) => sum + count, 0)).toBe(1011);
  });

  test("hold up no server that closes, and leave nothing behind a reader who goes", async () => {
    const log: { level: number; msg: string }[] = [];
    const logger = pino({}, { write: (line: string) => log.push(JSON.parse(line)) });
    const one = await serveSandboxes({ instances: [instance], apiKeys: [key], logger });
    const { host, hostname, port } = new URL(one.baseUrls.get(instance) ?? "");
    const socket = connect(Number(port), hostname);
    socket.write(`GET /_requests/events HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${key}\r\n\r\n`);
    await new Promise((resolve) => socket.once("data", resolve));
    const gone = new Promise((resolve) => socket.once("close", resolve));
    socket.resume();
    await fetch(`${one.baseUrls.get(instance)}${list}?k=${key}`, {
      headers: { authorization: `Bearer ${key}` },
    });
    await one.close();
    await gone;
    expect(log.filter(({ level }) => level > 30)).toEqual([]);
    expect(log.map(({ msg }) => msg)).toContainEqual(expect.stringMatching(/^GET \S+\?k=\[key\] 200 in /));
  });
});
