import { readFileSync } from "node:fs";
import autocannon from "autocannon";
import { findBrowser, launch } from "../../test/browser/browser.ts";
import { type Figure, quantile, ratioOf } from "../figures/figure.ts";
import { rounds, scenarios } from "./requests.ts";
import { apiKey, processorTimes, type Server, startSandboxProcess, usedSince } from "./servers.ts";

/** A hundred times the requests per minute of somebody who works on a front end. */
const perMinute = 10_000;
const seconds = Number(process.env.BENCH_SECONDS ?? 2);
const headers = { authorization: `Bearer ${apiKey}` };

/** The least share of requests that the sandbox answers with a reader, compared to none. */
const leastShare = 0.9;

/** How much memory may grow while requests are recorded: the record's own limit, and slack of the heap. */
const mostMegabytes = 128;

/** A reader of the requests: of the events, or the page in a browser. `stop` returns how many it saw. */
interface Watcher {
  readonly name: string;
  watch(sandbox: Server): Promise<{ stop(): Promise<number> }>;
}

/** The result of a round. */
interface Round {
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Processor time of the sandbox for a request, in microseconds. */
  readonly own: number;
}

/**
 * What a reader of the requests costs, and the memory of the record. At a fixed rate of 10,000 requests a minute, the bar is on the share that is
 * answered, and answer times are reported: a client that has to wait falls behind its rate. At full speed the browser takes a processor
 * from the sandbox and its client, so requests per second would measure the machine: there the sandbox's processor time is reported.
 */
export async function benchRecording(): Promise<Figure[]> {
  const sandbox = await startSandboxProcess("--seed", "2000");
  const browser = findBrowser();
  if (browser === undefined) console.log("  the page: skipped, no Chromium is installed");
  const watchers = [reader, ...(browser === undefined ? [] : [pageIn(browser)])];
  try {
    await load(sandbox, "/notification-handlers/1");
    const figures: Figure[] = [];
    for (const watcher of watchers) {
      figures.push(
        ...(await benchWatcher(sandbox, watcher, perMinute)),
        ...(await benchWatcher(sandbox, watcher)),
      );
    }
    // Pages of 300 KB, of which 64 KiB are recorded: together more than the record may hold.
    const before = megabytesOf(sandbox);
    await load(sandbox, "/notification-handlers/?results_per_page=1000");
    const grown = megabytesOf(sandbox) - before;
    console.log(`  memory with large answers kept: ${grown.toFixed(0)} MB more (bar: ${mostMegabytes})`);
    const what = "memory of the requests that are kept";
    return [...figures, { what, value: grown, unit: "MB", most: mostMegabytes }];
  } finally {
    await sandbox.stop();
  }
}

async function benchWatcher(sandbox: Server, watcher: Watcher, rate?: number): Promise<Figure[]> {
  const alone: Round[] = [];
  const watched: Round[] = [];
  for (let round = 0; round < rounds; round += 1) {
    alone.push(await load(sandbox, scenarios["list of 25"].path, rate));
    const watching = await watcher.watch(sandbox);
    watched.push(await load(sandbox, scenarios["list of 25"].path, rate));
    if ((await watching.stop()) === 0) throw new Error(`${watcher.name} saw no request`);
  }
  const what = rate === undefined ? "as many as go" : `${rate} requests a minute`;
  console.log(`  ${what.padEnd(26)} ${"alone".padEnd(16)} ${lineOf(alone)}`);
  console.log(`  ${what.padEnd(26)} ${watcher.name.padEnd(16)} ${lineOf(watched)}`);
  const figure = (of: "perSecond" | "own", bar: Pick<Figure, "least">) => {
    const [own, others] = [watched, alone].map((all) => all.map((it) => it[of])) as [number[], number[]];
    const measured = of === "own" ? "processor time of" : "answers to";
    return ratioOf(`${measured} ${what}, with ${watcher.name}`, "without", { own, others }, bar);
  };
  return [rate === undefined ? figure("own", {}) : figure("perSecond", { least: leastShare })];
}

/** Medians of rounds. */
function lineOf(all: readonly Round[]): string {
  const median = (of: keyof Round) =>
    quantile(
      all.map((it) => it[of]),
      0.5,
    );
  return `${median("perSecond").toFixed(0).padStart(6)} /s, answers in ${median("p50").toFixed(0)} ms (p50) and ${median("p99").toFixed(0)} ms (p99), ${median("own").toFixed(0)} µs`;
}

async function load(sandbox: Server, path: string, rate?: number): Promise<Round> {
  const before = processorTimes([sandbox.process.pid ?? 0]);
  const result = await autocannon({
    url: sandbox.baseUrl + path,
    connections: 20,
    duration: seconds,
    headers,
    ...(rate === undefined ? {} : { overallRate: Math.ceil(rate / 60) }),
  });
  if (result.non2xx + result.errors > 0)
    throw new Error(`${result.non2xx + result.errors} answers that are no 2xx`);
  const { latency, duration } = result;
  const answers = result["2xx"];
  return {
    perSecond: answers / duration,
    p50: latency.p50,
    p99: latency.p99,
    own: usedSince(before) / answers,
  };
}

const reader: Watcher = {
  name: "a reader",
  async watch({ baseUrl }) {
    const answer = await fetch(new URL("/_requests/events", baseUrl), { headers });
    const body = (answer.body as ReadableStream<Uint8Array>).getReader();
    const decoder = new TextDecoder();
    let events = 0;
    const reading = (async () => {
      for (;;) {
        const { done, value } = await body.read();
        if (done) return;
        events += decoder.decode(value).split("event: request").length - 1;
      }
    })();
    return {
      async stop() {
        await body.cancel();
        await reading;
        return events;
      },
    };
  },
};

/** The page at `/`, open in a browser. */
function pageIn(executable: string): Watcher {
  return {
    name: "the page",
    async watch({ baseUrl }) {
      const browser = await launch(executable);
      const page = await browser.newPage();
      await page.goto(new URL("/", baseUrl).href);
      await page.locator(".live:not(.off)").waitFor();
      return {
        async stop() {
          const rows = await page.locator(".requests > li").count();
          await browser.close();
          return rows;
        },
      };
    },
  };
}

function megabytesOf({ process: { pid } }: Server): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kilobytes) / 1024;
}
