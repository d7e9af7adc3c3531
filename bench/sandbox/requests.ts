import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import autocannon from "autocannon";
import { type Figure, quantile, ratioOf } from "../figures/figure.ts";
import { apiKey, type Server, startBare, startPrism, startSandboxProcess } from "./servers.ts";

export const rounds = Number(process.env.BENCH_ROUNDS ?? 5);
const seconds = Number(process.env.BENCH_SECONDS ?? 4);
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
const others = ["sandbox with its log", "Prism", "Prism, silenced"];

export type Scenario = keyof typeof scenarios;

/**
 * The least that the sandbox has to do without its log: so many times what Prism's command does as it comes, which is how the figures that
 * the bars stand on were taken (about 2,900 reads and 2,200 creates a second), and this share of what node:http does.
 */
const bars: Record<Scenario, { prism: number; bare?: number }> = {
  "read one": { prism: 12, bare: 0.5 },
  "list of 25": { prism: 5 },
  create: { prism: 4 },
};

/** Requests per second, side by side, medians of several rounds in turn. The creates go to a file. */
export async function benchRequests(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "sandbox-bench-"));
  const servers = new Map<string, Server>();
  try {
    servers.set("sandbox", await startSandboxProcess("--seed", "100"));
    servers.set("sandbox with --db", await startSandboxProcess("--db", join(folder, "handlers.db")));
    servers.set(
      "sandbox with its log",
      await startSandboxProcess("--seed", "100", "--db", join(folder, "logged.db"), "--log", "pretty"),
    );
    servers.set("Prism", await startPrism(false));
    servers.set("Prism, silenced", await startPrism(true));
    const sandboxUrl = servers.get("sandbox")?.baseUrl ?? "";
    const headers = { authorization: `Bearer ${apiKey}` };
    const bytes = await (await fetch(sandboxUrl + scenarios["read one"].path, { headers })).text();
    servers.set("node:http", await startBare(bytes));

    const figures: Figure[] = [];
    console.log(`requests/s, medians of ${rounds} rounds of ${seconds} s, ${connections} connections`);
    for (const scenario of Object.keys(scenarios) as Scenario[]) {
      const sandbox = scenario === "create" ? "sandbox with --db" : "sandbox";
      const names = [sandbox, ...others, ...(scenario === "read one" ? ["node:http"] : [])];
      const rates = new Map<string, number[]>(names.map((name) => [name, []]));
      for (let round = 0; round < rounds; round += 1) {
        for (const name of names) {
          const server = servers.get(name);
          if (server !== undefined) rates.get(name)?.push(await rate(server, scenario));
        }
      }
      const median = (name: string) => quantile(rates.get(name) ?? [], 0.5);
      for (const name of names)
        console.log(`  ${scenario.padEnd(11)} ${name.padEnd(20)} ${median(name).toFixed(0).padStart(7)}`);
      const { prism, bare } = bars[scenario];
      const against = (other: string) => ({ own: rates.get(sandbox) ?? [], others: rates.get(other) ?? [] });
      const figure = ratioOf(scenario, "Prism", against("Prism"), { least: prism });
      figures.push(figure);
      const silenced = median(sandbox) / median("Prism, silenced");
      const logged = median("sandbox with its log") / median("Prism");
      console.log(
        `  ${scenario.padEnd(11)} ${figure.value.toFixed(1)} × Prism (bar: ${prism}); both silenced ${silenced.toFixed(1)} ×, both with their logs ${logged.toFixed(1)} ×`,
      );
      if (bare === undefined) continue;
      const share = ratioOf(scenario, "node:http", against("node:http"), { least: bare });
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

/** Answers per second of several servers at once, among which the connections are divided as a balancer does. */
export async function loadRate(servers: readonly Server[], scenario: Scenario): Promise<number> {
  const rates = await Promise.all(
    servers.map((server) => rate(server, scenario, Math.ceil(connections / servers.length))),
  );
  return rates.reduce((sum, it) => sum + it, 0);
}

async function rate({ baseUrl }: Server, scenario: Scenario, most = connections): Promise<number> {
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
  return result["2xx"] / result.duration;
}
