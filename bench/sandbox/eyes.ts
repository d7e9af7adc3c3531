import { readFileSync } from "node:fs";
import autocannon from "autocannon";
import { type Figure, quantile, ratioOf } from "../figures/figure.ts";
import { rounds, scenarios } from "./requests.ts";
import { apiKey, type Server, startSandboxProcess } from "./servers.ts";

/** A minute of somebody's work on a front end with its page open, times a hundred. */
const perMinute = 10_000;
const seconds = Number(process.env.BENCH_SECONDS ?? 4);
const headers = { authorization: `Bearer ${apiKey}` };

/** So much of what the sandbox answers when nobody looks it answers when somebody does. */
const leastShare = 0.9;

/** Memory may grow by so much while requests are kept: the log's own bound, and what the heap leaves room for. */
const mostMegabytes = 128;

/** What it costs that somebody follows the requests, at 10,000 a minute and at as many as go; and the memory of those that are kept. */
export async function benchEyes(): Promise<Figure[]> {
  const sandbox = await startSandboxProcess("--seed", "2000");
  const figures: Figure[] = [];
  try {
    await load(sandbox, "/notification-handlers/1");
    for (const [what, overallRate] of [
      [`${perMinute} requests a minute`, Math.ceil(perMinute / 60)],
      ["as many as go", undefined],
    ] as const) {
      const alone: number[] = [];
      const followed: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        alone.push(await load(sandbox, scenarios["list of 25"].path, overallRate));
        const reader = await follow(sandbox);
        followed.push(await load(sandbox, scenarios["list of 25"].path, overallRate));
        if ((await reader.stop()) === 0) throw new Error("the reader saw no request");
      }
      const [one, other] = [alone, followed].map((rates) => quantile(rates, 0.5).toFixed(0));
      console.log(`  ${what.padEnd(24)} ${one} a second alone, ${other} with a reader`);
      const bar = overallRate === undefined ? {} : { least: leastShare };
      figures.push(
        ratioOf(`requests followed, ${what}`, "without a reader", { own: followed, others: alone }, bar),
      );
    }
    // Pages of 300 KB, of which 64 KiB are kept: more than the log may hold.
    const before = megabytesOf(sandbox);
    await load(sandbox, "/notification-handlers/?results_per_page=1000");
    const grown = megabytesOf(sandbox) - before;
    console.log(`  memory with large answers kept: ${grown.toFixed(0)} MB more (bar: ${mostMegabytes})`);
    figures.push({
      what: "memory of the requests that are kept",
      value: grown,
      unit: "MB",
      most: mostMegabytes,
    });
  } finally {
    await sandbox.stop();
  }
  return figures;
}

/** Answers a second. */
async function load({ baseUrl }: Server, path: string, overallRate?: number): Promise<number> {
  const rate = overallRate === undefined ? {} : { overallRate };
  const result = await autocannon({
    url: baseUrl + path,
    connections: 20,
    duration: seconds,
    headers,
    ...rate,
  });
  if (result.non2xx + result.errors > 0)
    throw new Error(`${result.non2xx + result.errors} answers that are no 2xx`);
  return result["2xx"] / result.duration;
}

/** Reads the events of requests. */
async function follow({ baseUrl }: Server): Promise<{ stop(): Promise<number> }> {
  const answer = await fetch(new URL("/_requests/events", baseUrl), { headers });
  const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  let events = 0;
  const reading = (async () => {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      events += decoder.decode(value).split("event: request").length - 1;
    }
  })();
  return {
    async stop() {
      await reader.cancel();
      await reading;
      return events;
    },
  };
}

function megabytesOf({ process: { pid } }: Server): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kilobytes) / 1024;
}
