import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Client } from "../../src/client/index.ts";
import { type Answer, failed, handler, json, page, rejection, scripted } from "./script.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"], now: new Date("2026-05-13T15:00:00Z") });
  vi.spyOn(Math, "random").mockReturnValue(0.5);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const one = () => json({ data: handler(7) });
const id = () => json({ data: { id: 7 } });
const down = () =>
  new TypeError("fetch failed", { cause: { code: "UND_ERR_SOCKET", message: "other side closed" } });
const refused = () => new TypeError("fetch failed", { cause: { code: "ECONNREFUSED", message: "connect" } });

const calls: Record<string, (client: Client) => Promise<unknown>> = {
  get: (client) => client.get(7),
  list: (client) => client.list(),
  delete: (client) => client.delete(7),
  create: (client) => client.create({ type: "email", name: "x" }),
  update: (client) => client.update(7, { name: "x" }),
};

/** Runs a call to its end in virtual time; the milliseconds of that, and how it ended. */
async function run(call: Promise<unknown>) {
  const start = Date.now();
  const end = call.then(
    (value) => ({ value, error: undefined }),
    (error) => ({ value: undefined, error }),
  );
  await vi.runAllTimersAsync();
  return { ...(await end), time: Date.now() - start };
}

describe.each([
  ["a network failure", down, ["get", "list", "delete"]],
  ["a refused connection", refused, ["get", "list", "delete", "create", "update"]],
  ["429", () => failed(429), ["get", "list", "delete", "create", "update"]],
  ["502", () => failed(502), ["get", "list", "delete"]],
  ["503", () => failed(503), ["get", "list", "delete"]],
  ["504", () => failed(504), ["get", "list", "delete"]],
  ["500", () => failed(500), []],
  ["400", () => failed(400), []],
  ["401", () => failed(401), []],
  ["a page for people", () => new Response("<html>"), []],
  ["truncated JSON", () => new Response("{"), []],
] as [string, () => Response | Error, string[]][])("after %s", (_, answer, repeated) => {
  test.each(Object.keys(calls))("%s", async (name) => {
    const good = name === "list" ? page([7]) : name === "get" ? one() : id();
    const { client, asked } = scripted([answer(), good]);
    const { error } = await run(calls[name]!(client));
    expect(asked).toHaveLength(repeated.includes(name) ? 2 : 1);
    expect(error === undefined).toBe(repeated.includes(name));
  });
});

test("a form is sent whole again", async () => {
  const { client, asked } = scripted([failed(429), id()]);
  await run(client.create({ type: "email", name: "Ops" }));
  expect(asked[1]?.form).toEqual([
    ["type", "email"],
    ["name", "Ops"],
  ]);
});

test("waits are drawn from a range that doubles up to a limit", async () => {
  const { client, asked } = scripted(Array.from({ length: 9 }, down), {
    retry: { limit: 6, baseDelay: 1000, maxDelay: 5000 },
  });
  const { error, time } = await run(client.get(7));
  expect(asked).toHaveLength(7);
  expect(error).toMatchObject({ code: "network" });
  expect(time).toBe((1000 + 2000 + 4000 + 5000 + 5000 + 5000) / 2);
});

test.each([
  ["seconds", "7", 7000],
  ["nothing to wait for", "0", 0],
  ["as much as is waited for", "60", 60_000],
  ["an HTTP date", "Wed, 13 May 2026 15:00:09 GMT", 9000],
  ["an HTTP date in the past", "Wed, 13 May 2020 15:00:00 GMT", 150],
  ["less than nothing", "-5", 150],
  ["no number", "NaN", 150],
  ["words", "in 5 minutes", 150],
  ["a number of something else", "5 minutes", 150],
  ["nothing", "", 150],
])("Retry-After that says %s", async (_, header, time) => {
  const { client, asked } = scripted([failed(429, "slow", { "retry-after": header }), one()]);
  expect(await run(client.get(7))).toMatchObject({ time, error: undefined });
  expect(asked).toHaveLength(2);
});

test.each([
  ["more than is waited for", "61", undefined, 61_000],
  ["more than a timer takes", "99999999999", undefined, 99_999_999_999_000],
  ["no finite number of seconds", "9".repeat(400), undefined, Number.POSITIVE_INFINITY],
  ["more than is left of the deadline", "50", 40_000, 50_000],
])("Retry-After that says %s ends the call at once", async (_, header, deadline, retryAfter) => {
  const { client, asked } = scripted([failed(503, "down", { "retry-after": header })], { deadline });
  const { error, time } = await run(client.get(7));
  expect(error).toMatchObject({ code: "http", status: 503, retryAfter });
  expect(time).toBe(0);
  expect(asked).toHaveLength(1);
});

test("a repeated delete that finds nothing has succeeded; a first one has not", async () => {
  const repeated = scripted([down(), failed(404)]);
  expect(await run(repeated.client.delete(7))).toMatchObject({ error: undefined });
  const first = scripted([failed(404)]);
  expect(await run(first.client.delete(7))).toMatchObject({ error: { status: 404 } });
  const read = scripted([down(), failed(404)]);
  expect(await run(read.client.get(7))).toMatchObject({ error: { status: 404 } });
});

test.each([
  ["limit", { limit: Number.NaN }],
  ["baseDelay", { baseDelay: Number.NaN }],
  ["maxDelay", { maxDelay: Number.NaN }],
])("a %s that is no number, as of a variable that is not set, repeats nothing", async (_, retry) => {
  const { client, asked } = scripted([failed(503), one()], { retry });
  expect(await run(client.get(7))).toMatchObject({ error: { status: 503 }, time: 0 });
  expect(asked).toHaveLength(1);
});

test("a create is repeated for the runtimes' words of a refused connection, not for the word alone", async () => {
  const failing = (message: string, code?: string) => new TypeError(message, { cause: { code } });
  for (const [answer, attempts] of [
    [failing("fetch failed", "ECONNREFUSED"), 2],
    [failing("tcp connect error: Connection refused (os error 111)"), 2],
    [failing("Unable to connect.", "ConnectionRefused"), 2],
    [failing("the peer refused to acknowledge"), 1],
    [failing("fetch failed", "ECONNREFUSED_BY_A_PROXY"), 1],
  ] as const) {
    const { client, asked } = scripted([answer, json({ data: { id: 1 } })]);
    await run(client.create({ type: "email", name: "x" }));
    expect(asked, answer.message).toHaveLength(attempts);
  }
});

test("a single status, where a list is asked for, is one that is repeated after", async () => {
  const statuses = 418 as unknown as number[];
  const { client, asked } = scripted([failed(418), one()], { retry: { statuses } });
  expect(await run(client.get(7))).toMatchObject({ error: undefined });
  expect(asked).toHaveLength(2);
});

test("retry: false repeats nothing, for a client or for a call", async () => {
  const off = scripted([failed(503)], { retry: false });
  expect(await run(off.client.get(7))).toMatchObject({ error: { status: 503 }, time: 0 });
  const call = scripted([failed(503)]);
  expect(await run(call.client.get(7, { retry: false }))).toMatchObject({ error: { status: 503 }, time: 0 });
  const on = scripted([failed(503), one()], { retry: false });
  expect(await run(on.client.get(7, { retry: { limit: 1 } }))).toMatchObject({ error: undefined });
});

test("the statuses can be told", async () => {
  const { client, asked } = scripted([failed(500), one(), failed(429)], { retry: { statuses: [500] } });
  await run(client.get(7));
  expect(await run(client.get(7))).toMatchObject({ error: { status: 429 } });
  expect(asked).toHaveLength(3);
});

describe("time", () => {
  const silence: Answer = () => new Promise<Response>(() => {});
  const obedient: Answer = (_, init) =>
    new Promise((_, reject) => init?.signal?.addEventListener("abort", () => reject(init.signal?.reason)));
  const stalled: Answer = () => new Response(new ReadableStream({ start() {} }));

  test.each([
    ["a fetch that ignores its signal", silence],
    ["a fetch that obeys its signal", obedient],
    ["a body that stalls", stalled],
  ])("one attempt ends on time: %s", async (_, answer) => {
    const { client } = scripted([answer], { timeout: 1000, retry: false });
    expect(await run(client.get(7))).toMatchObject({ time: 1000, error: { code: "timeout", method: "GET" } });
  });

  test("a read is repeated after a timeout, a create is not", async () => {
    const read = scripted([silence, one()]);
    expect(await run(read.client.get(7, { timeout: 1000 }))).toMatchObject({ error: undefined, time: 1150 });
    const create = scripted([silence]);
    expect(await run(calls.create!(create.client))).toMatchObject({
      error: { code: "timeout" },
      time: 30_000,
    });
  });

  test("the deadline ends a call in an attempt, and before a wait that it would end in", async () => {
    const within = scripted([silence, silence, silence], { timeout: 1000, deadline: 2500 });
    expect(await run(within.client.get(7))).toMatchObject({ error: { code: "timeout" }, time: 2500 });
    const attempt = scripted([silence], { deadline: 500 });
    expect(await run(attempt.client.get(7))).toMatchObject({ error: { code: "timeout" }, time: 500 });
    const waiting = scripted([down()], { deadline: 100 });
    expect(await run(waiting.client.get(7))).toMatchObject({ error: { code: "network" }, time: 0 });
  });

  test("what waited says how long", async () => {
    const silent = scripted([silence], { timeout: 1000, retry: false });
    expect(await run(silent.client.get(7))).toMatchObject({
      error: {
        message: "GET /notification-handlers/7: no answer within 1000 ms (option timeout)",
        attempts: 1,
        elapsed: 1000,
      },
    });
    const late = scripted([silence, silence], { timeout: 1000, deadline: 1500 });
    expect(await run(late.client.get(7))).toMatchObject({
      error: {
        message:
          "GET /notification-handlers/7: no answer within 1500 ms (option deadline) (after 2 attempts in 1500 ms)",
        attempts: 2,
        elapsed: 1500,
      },
    });
    const down = scripted([failed(503, "down"), failed(503, "down")], { retry: { limit: 1 } });
    expect(await run(down.client.get(7))).toMatchObject({
      error: {
        message: "GET /notification-handlers/7: 503 - down (after 2 attempts in 150 ms)",
        elapsed: 150,
      },
    });
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 700);
    const aborted = scripted([silence]).client.get(7, { signal: controller.signal });
    expect(await run(aborted)).toMatchObject({
      error: { message: "GET /notification-handlers/7: aborted after 700 ms", elapsed: 700 },
    });
  });

  test("a time beyond what timers take is no time at all", async () => {
    const { client } = scripted([async () => one()], {
      timeout: Number.POSITIVE_INFINITY,
      deadline: 2 ** 40,
    });
    expect(await run(client.get(7))).toMatchObject({ error: undefined });
  });

  test("a signal that has ended before sends nothing", async () => {
    const { client, asked } = scripted([]);
    const reason = new Error("enough");
    const { error } = await run(client.get(7, { signal: AbortSignal.abort(reason) }));
    expect(error).toMatchObject({ code: "aborted", cause: reason, method: "GET" });
    expect(asked).toEqual([]);
  });

  test("a signal ends an attempt and a wait, and nothing is sent after it", async () => {
    for (const answers of [[silence], [failed(429, "slow", { "retry-after": "50" })]]) {
      const { client, asked } = scripted(answers);
      const controller = new AbortController();
      setTimeout(() => controller.abort(), 700);
      const { error, time } = await run(client.get(7, { signal: controller.signal }));
      expect(error).toMatchObject({ code: "aborted" });
      expect(time).toBe(700);
      expect(asked).toHaveLength(1);
    }
  });

  test("a signal whose time is up ends the call, and says so in the cause", async () => {
    const { client, asked } = scripted([silence]);
    const controller = new AbortController();
    setTimeout(() => controller.abort(new DOMException("late", "TimeoutError")), 700);
    const { error } = await run(client.get(7, { signal: controller.signal }));
    expect(error).toMatchObject({ code: "aborted", cause: { name: "TimeoutError" } });
    expect(asked).toHaveLength(1);
  });

  test("no listener and no timer is left behind", async () => {
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, "addEventListener");
    const removed = vi.spyOn(signal, "removeEventListener");
    const { client } = scripted([down(), one(), failed(400)]);
    await run(client.get(7, { signal }));
    await rejection(client.get(7, { signal }));
    await vi.advanceTimersByTimeAsync(0);
    expect(added.mock.calls.length).toBeGreaterThan(0);
    expect(removed.mock.calls.length).toBeGreaterThanOrEqual(added.mock.calls.length);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("http takes a signal, too", async () => {
    const answer: Answer = (request) =>
      new Promise((_, reject) =>
        request.signal.addEventListener("abort", () => reject(request.signal.reason)),
      );
    const { client } = scripted([answer]);
    const controller = new AbortController();
    const call = client.http.GET("/notification-handlers/", { signal: controller.signal });
    setTimeout(() => controller.abort(), 10);
    expect(await run(call)).toMatchObject({ error: { code: "aborted" } });
  });
});
