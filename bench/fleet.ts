import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface, type Interface } from "node:readline";
import { checks, type ReportFile } from "../src/contract/index.ts";
import { mostRequests } from "../src/contract/plan/index.ts";
import { loadDescription, modelOf } from "../src/description/index.ts";
import type { Found } from "./figures/figure.ts";

const bars = { instances: 200, seconds: 60, megabytes: 300 };
/** A host that several instances share, and the pace that it asks for, in milliseconds between two requests. */
const paced = { instances: 8, rate: "40/s", interval: 25 };
const loader = ["--import", "@oxc-node/core/register"];
const apiKey = "fleet-bench-key";

interface Seen {
  readonly requests: Readonly<Record<string, number>>;
}

interface Fleet {
  readonly seconds: number;
  readonly megabytes: number;
  readonly file: ReportFile;
  readonly seen: Seen;
  /** When requests were sent, in milliseconds. They arrive at varying times after that. */
  readonly sent: readonly number[];
}

interface Archive {
  readonly log: { readonly entries: readonly { readonly startedDateTime: string }[] };
}

/** Reads 200 sandboxes, each on a port of its own, from one process: how long, how much memory, and whether each run kept to its budget and its host's pace. */
export async function bench(): Promise<Found> {
  const free = await measure(bars.instances, "none", false);
  const sent = Object.values(free.seen.requests).reduce((sum, it) => sum + it, 0);
  console.log(
    `${bars.instances} instances: ${free.seconds.toFixed(1)} s, ${free.megabytes.toFixed(0)} MB, ${sent} requests, ${(sent / free.seconds).toFixed(0)} a second`,
  );
  const slow = await measure(paced.instances, paced.rate, true);
  const times = slow.sent;
  const gaps = times.slice(1).map((it, index) => it - (times[index] ?? 0));
  const shortest = Math.min(...gaps);
  const mean = gaps.reduce((sum, it) => sum + it, 0) / gaps.length;
  console.log(
    `${paced.instances} instances of one host at ${paced.rate}: ${times.length} requests, ${mean.toFixed(1)} ms apart, ${shortest.toFixed(1)} ms at least`,
  );
  return [
    { what: `${bars.instances} instances`, value: free.seconds, unit: "s", most: bars.seconds },
    { what: `${bars.instances} instances`, value: free.megabytes, unit: "MB", most: bars.megabytes },
    ...brokenRuns(free),
    ...brokenRuns(slow),
    ...(shortest < paced.interval ? ["the host was asked faster than its pace"] : []),
  ];
}

/** Runs that do not end as honoured, or that sent more requests than their bound, or than they report. */
function brokenRuns({ file, seen }: Fleet): string[] {
  return file.runs.flatMap(({ name, instance, verdict, requests }) => {
    const bound = mostRequests(modelOf(loadDescription(instance)), checks, false);
    const came = seen.requests[name];
    return [
      ...(verdict === "honoured" ? [] : [`${name}: ${verdict}`]),
      ...(requests > bound ? [`${name}: ${requests} requests of ${bound}`] : []),
      ...(requests === came ? [] : [`${name}: ${requests} requests told, ${came} came`]),
    ];
  });
}

async function measure(count: number, rate: string, isKept: boolean): Promise<Fleet> {
  const folder = mkdtempSync(join(tmpdir(), "bench-fleet-"));
  const hosts = spawn(process.execPath, [...loader, "bench/fleet/hosts.ts", String(count), apiKey], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const lines = createInterface({ input: hosts.stdout });
    const instances = JSON.parse(await nextLine(lines)) as object[];
    const config = join(folder, "fleet.json");
    const report = join(folder, "report.json");
    const traffic = join(folder, "traffic.har");
    const defaults = { key: "FLEET_BENCH_KEY", rate };
    writeFileSync(config, JSON.stringify({ version: 1, defaults, instances }));
    const start = performance.now();
    const megabytes = await check([
      "--config",
      config,
      "--json",
      report,
      ...(isKept ? ["--har", traffic] : []),
    ]);
    const seconds = (performance.now() - start) / 1_000;
    hosts.kill("SIGTERM");
    const seen = JSON.parse(await nextLine(lines)) as Seen;
    const archive = isKept ? (JSON.parse(readFileSync(traffic, "utf8")) as Archive) : undefined;
    const sent = archive?.log.entries.map((it) => Date.parse(it.startedDateTime)) ?? [];
    return { seconds, megabytes, seen, sent, file: JSON.parse(readFileSync(report, "utf8")) as ReportFile };
  } finally {
    hosts.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The most memory that the command has held, in megabytes. */
async function check(options: string[]): Promise<number> {
  const child = spawn(process.execPath, [...loader, "src/cli/contract.ts", ...options], {
    stdio: ["ignore", "ignore", "ignore"],
    env: { ...process.env, FLEET_BENCH_KEY: apiKey },
  });
  let most = 0;
  const look = setInterval(() => {
    most = Math.max(most, peakMegabytes(child));
  }, 50);
  await new Promise((resolve) => child.once("exit", resolve));
  clearInterval(look);
  return most;
}

function peakMegabytes({ pid }: ChildProcess): number {
  try {
    const [, kilobytes = "0"] = /^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return Number(kilobytes) / 1024;
  } catch {
    // It has ended.
    return 0;
  }
}

function nextLine(lines: Interface): Promise<string> {
  return new Promise((resolve) => lines.once("line", resolve));
}
