import { getEventListeners } from "node:events";
import { createClient } from "../../src/client/index.ts";

/**
 * Runs in a process of its own, since the runtime warns once per process: many calls on one signal, then as JSON the listeners at most
 * and at the end, how many calls succeeded, and all warnings.
 */
const [baseUrl = ""] = process.argv.slice(2);
const client = createClient({ baseUrl, apiKey: "secret-key-1", retry: { baseDelay: 1 } });
const { signal } = new AbortController();
const path = "/notification-handlers/";

const calls: (() => Promise<unknown>)[] = [
  () => client.list({}, { signal }),
  async () => {
    for await (const _ of client.listAll({}, { signal }));
  },
  () => client.http.GET(path, { signal }),
  () => client.http.GET(path, { signal, parseAs: "text" }),
];

const warnings: string[] = [];
process.on("warning", (warning) => warnings.push(`${warning.name}: ${warning.message}`));

let most = 0;
let successes = 0;
for (let round = 0; round < 50; round++) {
  const running = [...calls, ...calls, ...calls, ...calls, ...calls].map((call) => call());
  most = Math.max(most, getEventListeners(signal, "abort").length);
  const ended = await Promise.allSettled(running);
  successes += ended.filter(({ status }) => status === "fulfilled").length;
}
const left = getEventListeners(signal, "abort").length;
// Warnings come in a later turn.
await new Promise(setImmediate);
console.log(JSON.stringify({ most, left, successes, warnings }));
process.exit();
