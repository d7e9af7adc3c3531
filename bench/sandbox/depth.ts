import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { medianOf } from "./requests.ts";
import { apiKey, type Server, startSandboxProcess } from "./servers.ts";

const handlers = 1_000_000;
const pageSize = 1000;
const calls = 41;
const mostTimes = 3;
const mostMegabytes = 300;

/** The first and the last page of a million handlers of one account, and the memory of the process that serves them. */
export async function benchDepth(): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), "sandbox-bench-"));
  const db = join(folder, "handlers.db");
  let server: Server | undefined;
  try {
    server = await startSandboxProcess("--db", db, "--seed", String(handlers));
    await server.stop();
    server = await startSandboxProcess("--db", db);
    const pages = [1, handlers / pageSize];
    const times = new Map<number, number[]>(pages.map((page) => [page, []]));
    for (let call = 0; call < calls; call += 1) {
      for (const page of pages) times.get(page)?.push(await time(server, page));
    }
    const [first = Number.NaN, last = Number.NaN] = pages.map((page) => medianOf(times.get(page) ?? []));
    const ratio = Math.max(first / last, last / first);
    const memory = residentMegabytes(server);
    console.log(`${handlers} handlers of one account, pages of ${pageSize}, medians of ${calls} calls`);
    console.log(`  page 1      ${first.toFixed(1)} ms`);
    console.log(
      `  page ${String(handlers / pageSize).padEnd(6)} ${last.toFixed(1)} ms, ${ratio.toFixed(2)} × (bar: ${mostTimes})`,
    );
    console.log(`  memory      ${memory.toFixed(0)} MB at most (bar: ${mostMegabytes})`);
    return [
      ...(ratio > mostTimes
        ? [`page ${handlers / pageSize}: ${ratio.toFixed(1)} × page 1, wanted ${mostTimes} at most`]
        : []),
      ...(memory > mostMegabytes ? [`memory: ${memory.toFixed(0)} MB, wanted ${mostMegabytes} at most`] : []),
    ];
  } finally {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function time({ baseUrl }: Server, page: number): Promise<number> {
  const url = `${baseUrl}/notification-handlers/?results_per_page=${pageSize}&page=${page}`;
  const start = performance.now();
  const answer = await fetch(url, { headers: { authorization: `Bearer ${apiKey}` } });
  const text = await answer.text();
  const spent = performance.now() - start;
  if (answer.status !== 200) throw new Error(text);
  return spent;
}

/** The most memory that a process has had so far, as Linux counts it. */
function residentMegabytes({ process: { pid } }: Server): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1]) / 1024;
}
