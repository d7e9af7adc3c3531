import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { postgresMissing, startPostgres } from "../../test/postgres.ts";
import { quantile } from "../figures/figure.ts";
import { loadRate, rounds, type Scenario, scenarios } from "./requests.ts";
import { type Server, startSandboxProcess } from "./servers.ts";

/** Requests per second of one replica on PostgreSQL, and of three, beside the file. There is no bar: the database's disk decides over creates. */
export async function benchReplicas(): Promise<void> {
  if (postgresMissing !== undefined) {
    console.log(postgresMissing);
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), "sandbox-bench-"));
  const postgres = await startPostgres();
  const replicas: Server[] = [];
  const file = await startSandboxProcess("--db", join(folder, "handlers.db"), "--seed", "100");
  try {
    const db = await postgres.createDatabase();
    for (const _each of [1, 2, 3]) replicas.push(await startSandboxProcess("--db", db, "--seed", "100"));
    const setups = new Map<string, readonly Server[]>([
      ["file", [file]],
      ["PostgreSQL, 1 replica", replicas.slice(0, 1)],
      ["PostgreSQL, 3 replicas", replicas],
    ]);
    for (const scenario of Object.keys(scenarios) as Scenario[]) {
      const rates = new Map<string, number[]>([...setups.keys()].map((name) => [name, []]));
      for (let round = 0; round < rounds; round += 1) {
        for (const [name, servers] of setups) rates.get(name)?.push(await loadRate(servers, scenario));
      }
      for (const [name, all] of rates)
        console.log(
          `  ${scenario.padEnd(11)} ${name.padEnd(24)} ${quantile(all, 0.5).toFixed(0).padStart(7)}`,
        );
    }
  } finally {
    await Promise.all([file, ...replicas].map((server) => server.stop()));
    rmSync(folder, { recursive: true, force: true });
    postgres.remove();
  }
}
