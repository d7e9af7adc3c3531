import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadDescription } from "../../src/description/index.ts";
import { readModel } from "../../src/sandbox/model.ts";
import { type PostgresServer, postgresMissing, startPostgres } from "../../test/postgres.ts";
import { type Figure, quantile } from "../figures/figure.ts";
import { apiKey, instance, type Server, startSandboxProcess } from "./servers.ts";

const sizes = [1_000, 10_000, 100_000];
const calls = 61;
const mostTimes = 3;
const mostMegabytes = 300;

/** How answer times of lists grow with the handlers of one account, in a file and in PostgreSQL, and how much memory the servers need. */
export async function benchSizes(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "sandbox-bench-"));
  let postgres: PostgresServer | undefined;
  try {
    const figures = await benchStore("file", async (size) => join(folder, `${size}.db`));
    if (postgresMissing !== undefined) {
      console.log(postgresMissing);
      return figures;
    }
    const server = await startPostgres();
    postgres = server;
    return [...figures, ...(await benchStore("PostgreSQL", () => server.createDatabase()))];
  } finally {
    postgres?.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function benchStore(store: string, database: (size: number) => Promise<string>): Promise<Figure[]> {
  const servers = new Map<number, Server>();
  try {
    for (const size of sizes) {
      const db = await database(size);
      servers.set(size, await startSandboxProcess("--db", db, "--seed", String(size)));
    }
    // The first requests compile the code, and a process that has just created handlers still collects garbage.
    for (const server of servers.values()) for (let call = 0; call < calls; call += 1) await time(server, {});
    const figures: Figure[] = [];
    console.log(`${store}: handlers of one account, milliseconds, medians of ${calls} calls in turn`);
    console.log(`  ${"".padEnd(22)}${sizes.map((size) => String(size).padStart(9)).join("")}`);
    for (const [what, query, most] of queries()) {
      const times = new Map<number, number[]>(sizes.map((size) => [size, []]));
      for (let call = 0; call < calls; call += 1) {
        for (const [size, server] of servers) times.get(size)?.push(await time(server, query(size)));
      }
      const medians = sizes.map((size) => quantile((times.get(size) ?? []).slice(calls / 6), 0.5));
      const ratio = (medians.at(-1) ?? Number.NaN) / (medians[0] ?? Number.NaN);
      const bar = most === undefined ? "" : ` (bar: ${most})`;
      console.log(
        `  ${what.padEnd(22)}${medians.map((it) => it.toFixed(2).padStart(9)).join("")}  ${ratio.toFixed(1)} ×${bar}`,
      );
      if (most !== undefined)
        figures.push({
          what: `${store}, ${what}, ${sizes.at(-1)}`,
          value: ratio,
          unit: `× ${sizes[0]}`,
          most,
        });
    }
    const memory = Math.max(...[...servers.values()].map(residentMegabytes));
    console.log(
      `  ${"memory".padEnd(22)}${memory.toFixed(0).padStart(9)} MB at most, when a process made its handlers (bar: ${mostMegabytes})`,
    );
    figures.push({
      what: `${store}, memory when ${sizes.at(-1)} were made`,
      value: memory,
      unit: "MB",
      most: mostMegabytes,
    });
    return figures;
  } finally {
    await Promise.all([...servers.values()].map((server) => server.stop()));
  }
}

type Query = readonly [what: string, query: (size: number) => Record<string, unknown>, mostTimes?: number];

/** Lists with a bar, and those that grow with the handlers and are only reported. */
function queries(): readonly Query[] {
  const { list, roles } = readModel(loadDescription(instance));
  const [type] = roles.resource.byValue.keys();
  const { filters, pageSize, page, searchText } = list;
  const filtered = { [filters.type ?? ""]: type, [filters.enabled ?? ""]: 1 };
  return [
    ["page 1", () => ({}), mostTimes],
    ["filtered page", () => filtered, mostTimes],
    ["page 1 of 1000", () => ({ [pageSize]: 1000 }), mostTimes],
    ["search", () => ({ [searchText ?? ""]: "work" })],
    ["last page", (size) => ({ [pageSize]: 25, [page]: size / 25 })],
  ];
}

async function time({ baseUrl }: Server, query: Record<string, unknown>): Promise<number> {
  const parameters = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
  const url = `${baseUrl}/notification-handlers/?${parameters}`;
  const start = performance.now();
  const answer = await fetch(url, { headers: { authorization: `Bearer ${apiKey}` } });
  const text = await answer.text();
  const spent = performance.now() - start;
  if (answer.status !== 200) throw new Error(text);
  return spent;
}

/** The peak memory of a process so far, as counted by Linux. */
function residentMegabytes({ process: { pid } }: Server): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1]) / 1024;
}
