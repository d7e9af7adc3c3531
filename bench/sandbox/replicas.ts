import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { postgresMissing, startPostgres } from "../../test/postgres.ts";
import { type Load, lineOf, load, rounds, type Scenario, scenarios } from "./requests.ts";
import { type Server, startSandboxProcess } from "./servers.ts";

/** Requests per second and processor time of one replica on PostgreSQL, and of three, beside the file. There is no bar, since the speed of creates depends on the database's disk. */
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
      const loads = new Map<string, Load[]>([...setups.keys()].map((name) => [name, []]));
      // Opens all connections, and with them the database's processes, before they are counted. Rounds are shorter than idle connections are kept.
      for (const servers of setups.values()) await load(servers, scenario);
      for (let round = 0; round < rounds; round += 1) {
        for (const [name, servers] of setups) {
          const behind = servers.includes(file) ? [] : postgres.processes();
          loads.get(name)?.push(await load(servers, scenario, behind));
        }
      }
      for (const [name, all] of loads) console.log(lineOf(scenario, name, all));
    }
  } finally {
    await Promise.all([file, ...replicas].map((server) => server.stop()));
    rmSync(folder, { recursive: true, force: true });
    postgres.remove();
  }
}
