import { createClient } from "../../src/client/index.ts";

/** Runs in a process of its own with --expose-gc: writes as JSON by how many bytes the heap grows with each call of a kind. */
const CALLS = 5000;

const { signal } = new AbortController();
const answer = (status: number, body: string) => async () => new Response(body, { status });
const clientOf = (fetch: typeof globalThis.fetch) =>
  createClient({ instance: "k.aws.bj", apiKey: "key", retry: false, fetch });
const fine = clientOf(answer(200, '{"data":{"id":7},"meta":{},"links":{}}'));
const refused = clientOf(answer(404, '{"errors":[{"title":"no","status":404}]}'));
const silent = clientOf(() => new Promise(() => {}));

const kinds: Record<string, () => Promise<unknown>> = {
  "calls that succeed": () => fine.get(7, { signal }),
  "calls that are refused": () => refused.get(7, { signal }).catch(() => {}),
  "calls that nobody answers": () => silent.get(7, { signal, timeout: 1 }).catch(() => {}),
  "http, with a signal": () => fine.http.GET("/notification-handlers/", { signal }),
};

async function heapAfter(call: () => Promise<unknown>, calls: number): Promise<number> {
  for (let n = 0; n < calls; n += 50) await Promise.all(Array.from({ length: 50 }, call));
  for (let round = 0; round < 3; round++) {
    await new Promise(setImmediate);
    globalThis.gc?.();
  }
  return process.memoryUsage().heapUsed;
}

const growth: Record<string, number> = {};
for (const [name, call] of Object.entries(kinds)) {
  const before = await heapAfter(call, CALLS);
  growth[name] = ((await heapAfter(call, CALLS)) - before) / CALLS;
}
console.log(JSON.stringify(growth));
process.exit();
