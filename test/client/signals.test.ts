import { execFile } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { onAbort } from "../../src/client/signals.ts";
import { within } from "../../src/client/time.ts";

const page = JSON.stringify({
  data: [],
  meta: { page: 1, results_per_page: 1000, total: 0, total_pages: 1 },
  links: { first: "", last: "", self: "", next: null, prev: null },
});

let requests = 0;
/** Every third answer is an error that is repeated after. */
const server = createServer((_, response) =>
  requests++ % 3 ? response.end(page) : response.writeHead(503).end(),
);
beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

test("a thousand calls on one signal leave no listener and no warning", async () => {
  const child = fileURLToPath(new URL("many-calls.ts", import.meta.url));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
  const nodeArguments = ["--import", "@oxc-node/core/register", child, baseUrl];
  const { stdout } = await promisify(execFile)(process.execPath, nodeArguments);
  const { most, left, successes, warnings } = JSON.parse(stdout);
  expect({ most, left, warnings }).toEqual({ most: 1, left: 0, warnings: [] });
  expect(successes).toBeGreaterThan(600);
});

test("every function that is not released runs once, and a signal that has ended runs it at once", () => {
  const controller = new AbortController();
  const ran: string[] = [];
  onAbort(controller.signal, () => ran.push("first"));
  const release = onAbort(controller.signal, () => ran.push("released"));
  onAbort(controller.signal, () => ran.push("last"));
  release();
  release();
  controller.abort();
  expect(ran).toEqual(["first", "last"]);
  onAbort(controller.signal, () => ran.push("late"));
  expect(ran).toEqual(["first", "last", "late"]);
});

test("a signal that has ended keeps nothing of the calls that are made with it", async () => {
  const { signal } = new AbortController();
  const ended = AbortSignal.abort();
  const kept = (on: AbortSignal) => {
    const run = () => {};
    onAbort(on, run);
    return new WeakRef(run);
  };
  const [ofOpen, ofEnded] = [kept(signal), kept(ended)];
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  // A WeakRef keeps its target until the turn of the event loop ends.
  await new Promise((resolve) => setImmediate(resolve));
  collect();
  expect(ofOpen.deref()).toBeTypeOf("function");
  expect(ofEnded.deref()).toBeUndefined();
  expect([signal.aborted, ended.aborted]).toEqual([false, true]);
});

test("a limit that is over ends the work with no warning about the timer", async () => {
  const warnings: unknown[] = [];
  const listen = (warning: unknown) => warnings.push(warning);
  process.on("warning", listen);
  await expect(within(-5, "too late", {}, () => new Promise(() => {}))).rejects.toThrow("too late");
  await new Promise((resolve) => setImmediate(resolve));
  process.off("warning", listen);
  expect(warnings).toEqual([]);
});
