import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import autocannon from "autocannon";
import { type Figure, quantile, ratioOf } from "../figures/figure.ts";
import {
  apiKey,
  processorTimes,
  type Server,
  startBare,
  startPrism,
  startSandboxProcess,
  usedSince,
} from "./servers.ts";

export const rounds = Number(process.env.BENCH_ROUNDS ?? 5);
/** Long enough to measure processor time, which Linux gives in hundredths of a second. */
const seconds = Number(process.env.BENCH_SECONDS ?? 2);
const connections = 20;

const boundary = "bench";
const form = { name: "Work email", type: "email", email: "hello@example.com" };
const multipart = `${Object.entries(form)
  .map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  )
  .join("")}--${boundary}--\r\n`;

export const scenarios = {
  "read one": { path: "/notification-handlers/1", request: {} },
  "list of 25": { path: "/notification-handlers/?results_per_page=25", request: {} },
  create: {
    path: "/notification-handlers",
    request: {
      method: "POST",
      headers: { "content-type": `multipart/form-data; boundary=${boundary}` },
      body: multipart,
    },
  },
} as const;
const sandbox = "sandbox --requests 0";
const kept = "sandbox";
const logged = "sandbox with its log";
const sandboxes = [[sandbox, "--requests", "0"], [kept], [logged, "--log", "pretty"]] as const;
const others = ["Prism", "Prism, silenced"];

export type Scenario = keyof typeof scenarios;

/**
 * The sandbox's bars, without its log and its record of requests, since they were set before there was a record: so many times what
 * Prism's command does by default, and this share of what node:http does. The cost of the record is reported beside them.
 * Measured in requests per second of the server's processor time: by the clock, a fast server mostly waits for the client, which runs on the
 * same machine, and other processes affect each round differently.
 */
const bars: Record<Scenario, { prism: number; bare?: number }> = {
  "read one": { prism: 12, bare: 0.5 },
  "list of 25": { prism: 5 },
  create: { prism: 4 },
};

/** The least share of requests that it must answer with its log, compared to without: a thread of its own writes the lines. By the clock, since that thread's time counts as the process's, too. */
const leastLogged = 0.5;

/** Requests per second of all servers, as medians of interleaved rounds. The sandboxes keep their handlers in files. */
export async function benchRequests(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "sandbox-bench-"));
  const servers = new Map<string, Server>();
  try {
    for (const [name, ...options] of sandboxes) {
      servers.set(
        name,
        await startSandboxProcess("--db", join(folder, `${name}.db`), "--seed", "100", ...options),
      );
    }
    servers.set("Prism", await startPrism(false));
    servers.set("Prism, silenced", await startPrism(true));
    const sandboxUrl = servers.get(kept)?.baseUrl ?? "";
    const headers = { authorization: `Bearer ${apiKey}` };
    const bytes = await (await fetch(sandboxUrl + scenarios["read one"].path, { headers })).text();
    servers.set("node:http", await startBare(bytes));

    const figures: Figure[] = [];
    console.log(
      `requests/s and processor time of a request (µs), medians of ${rounds} rounds of ${seconds} s, ${connections} connections`,
    );
    for (const scenario of Object.keys(scenarios) as Scenario[]) {
      const names = [sandbox, kept, logged, ...others, ...(scenario === "read one" ? ["node:http"] : [])];
      const loads = new Map<string, Load[]>(names.map((name) => [name, []]));
      // The first requests compile the code.
      for (const name of names) await load([servers.get(name) as Server], scenario);
      for (let round = 0; round < rounds; round += 1) {
        for (const name of names) {
          const server = servers.get(name);
          if (server !== undefined) loads.get(name)?.push(await load([server], scenario));
        }
      }
      const all = (name: string) => loads.get(name) ?? [];
      const speeds = (name: string) => all(name).map((it) => (it.own > 0 ? 1e6 / it.own : it.perSecond));
      const median = (name: string) => quantile(speeds(name), 0.5);
      for (const name of names) console.log(lineOf(scenario, name, loads.get(name) ?? []));
      const { prism, bare } = bars[scenario];
      const against = (other: string) => ({ own: speeds(sandbox), others: speeds(other) });
      const what = `${scenario} with --requests 0`;
      const figure = ratioOf(what, "Prism", against("Prism"), { least: prism });
      figures.push(figure);
      const silenced = median(sandbox) / median("Prism, silenced");
      const bothLogged = median(logged) / median("Prism");
      console.log(
        `  ${scenario.padEnd(11)} ${figure.value.toFixed(1)} × Prism (bar: ${prism}); both silenced ${silenced.toFixed(1)} ×, both with their logs ${bothLogged.toFixed(1)} ×`,
      );
      const times = (name: string) => all(name).map((it) => it.own);
      const recorded = { own: times(kept), others: times(sandbox) };
      figures.push(
        ratioOf(`${scenario}, processor time with its record of requests`, "without", recorded, {}),
      );
      const rates = (name: string) => all(name).map((it) => it.perSecond);
      const withLog = { own: rates(logged), others: rates(kept) };
      figures.push(
        ratioOf(`${scenario}, with its log`, "without, by the clock", withLog, { least: leastLogged }),
      );
      if (bare === undefined) continue;
      const share = ratioOf(what, "node:http", against("node:http"), { least: bare });
      figures.push(share);
      console.log(
        `  ${scenario.padEnd(11)} ${(100 * share.value).toFixed(0)} % of node:http (bar: ${100 * bare})`,
      );
    }
    return figures;
  } finally {
    await Promise.all([...servers.values()].map((server) => server.stop()));
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What servers achieved in one round. */
export interface Load {
  readonly perSecond: number;
  /** Processor time per request in microseconds: of the servers, and of their database. */
  readonly own: number;
  readonly behind: number;
}

/** Sends requests to several servers at once, with connections divided among them as by a load balancer. `behind`: the processes of their database. */
export async function load(
  servers: readonly Server[],
  scenario: Scenario,
  behind: readonly number[] = [],
): Promise<Load> {
  const own = processorTimes(servers.map(({ process }) => process.pid ?? 0));
  const others = processorTimes(behind);
  const done = await Promise.all(
    servers.map((server) => ask(server, scenario, Math.ceil(connections / servers.length))),
  );
  const answers = done.reduce((sum, it) => sum + it.answers, 0);
  return {
    perSecond: done.reduce((sum, it) => sum + it.answers / it.seconds, 0),
    own: usedSince(own) / answers,
    behind: usedSince(others) / answers,
  };
}

/** A line of the table: medians of rounds. */
export function lineOf(scenario: Scenario, name: string, loads: readonly Load[]): string {
  const median = (of: keyof Load) =>
    quantile(
      loads.map((it) => it[of]),
      0.5,
    );
  const behind = median("behind");
  const figures = `${median("perSecond").toFixed(0).padStart(7)} /s ${median("own").toFixed(0).padStart(6)} µs`;
  return `  ${scenario.padEnd(11)} ${name.padEnd(24)} ${figures}${behind > 0 ? `, its database ${behind.toFixed(0)} µs` : ""}`;
}

async function ask(
  { baseUrl }: Server,
  scenario: Scenario,
  most: number,
): Promise<{ readonly answers: number; readonly seconds: number }> {
  const { path, request } = scenarios[scenario];
  const headers = { authorization: `Bearer ${apiKey}`, ...("headers" in request ? request.headers : {}) };
  const result = await autocannon({
    url: baseUrl + path,
    connections: most,
    duration: seconds,
    ...request,
    headers,
  });
  if (result.non2xx + result.errors > 0) {
    throw new Error(`${baseUrl}${path}: ${result.non2xx} answers that are no 2xx, ${result.errors} errors`);
  }
  return { answers: result["2xx"], seconds: result.duration };
}
