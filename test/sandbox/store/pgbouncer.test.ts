import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startSandbox } from "../../../src/sandbox/index.ts";
import { plain } from "../../instances.ts";
import {
  freePort,
  type PostgresServer,
  postgresMissing,
  startPostgres,
  unprivilegedOwner,
} from "../../postgres.ts";
import { client, type Harness } from "../harness.ts";

/** Debian has it out of the PATH of those who are not root. */
const program = [...(process.env.PATH ?? "").split(":"), "/usr/sbin"]
  .map((folder) => join(folder, "pgbouncer"))
  .find((file) => existsSync(file));
const missing =
  postgresMissing ??
  (program === undefined
    ? "PgBouncer is not installed: replicas behind it are not tested (Debian: apt-get install pgbouncer)."
    : undefined);
if (missing !== undefined) console.warn(missing);

describe.skipIf(missing !== undefined)(
  "PgBouncer in transaction mode, with fewer sessions than replicas have connections",
  () => {
    let server: PostgresServer;
    let stop: () => Promise<unknown>;
    let replicas: Harness[] = [];
    const folder = mkdtempSync(join(tmpdir(), "pgbouncer-"));

    beforeAll(async () => {
      server = await startPostgres({ fsync: "off" });
      const db = new URL(await server.createDatabase());
      const port = await freePort();
      const users = join(folder, "users");
      chmodSync(folder, 0o755);
      writeFileSync(users, `"sandbox" "${server.password}"\n`);
      const settings = {
        listen_addr: "127.0.0.1",
        listen_port: port,
        unix_socket_dir: "",
        auth_type: "scram-sha-256",
        auth_file: users,
        pool_mode: "transaction",
        default_pool_size: 3,
      };
      const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
      const file = join(folder, "pgbouncer.ini");
      writeFileSync(
        file,
        `[databases]\n* = host=127.0.0.1 port=${server.port}\n[pgbouncer]\n${lines.join("\n")}\n`,
      );
      const child = spawn(program as string, [file], {
        ...unprivilegedOwner(),
        cwd: folder,
        stdio: ["ignore", "ignore", "pipe"],
      });
      stop = () =>
        new Promise((resolve) => {
          child.once("close", resolve);
          child.kill("SIGKILL");
        });
      await new Promise<void>((resolve, reject) => {
        let text = "";
        child.stderr.on("data", (chunk) => {
          text += chunk;
          if (text.includes("process up")) resolve();
        });
        child.once("close", () => reject(new Error(text)));
      });
      db.port = String(port);
      const options = { instance: plain, apiKey: "k", db: db.href };
      replicas = await Promise.all([1, 2].map(async () => client(plain, await startSandbox(options))));
    });
    afterAll(async () => {
      for (const replica of replicas) await replica.close();
      await stop?.();
      server?.remove();
      rmSync(folder, { recursive: true, force: true });
    });

    test("statements that are prepared in other sessions fail no request, and none is taken for another", async () => {
      const ids = new Set<number>();
      const names = new Map<number, string>();
      await Promise.all(
        Array.from({ length: 24 }, async (_, worker) => {
          const [one, two] = replicas as [Harness, Harness];
          for (let round = 0; round < 4; round += 1) {
            const id = await one.create({ name: `${worker} ${round}`, type: "email" });
            ids.add(id);
            expect((await two.read(id)).data.name).toBe(`${worker} ${round}`);
            expect((await two.update(id, { name: `${worker} ${round} changed` })).status).toBe(200);
            if (round % 2 === 0) expect((await one.remove(id)).status).toBe(200);
            else names.set(id, `${worker} ${round} changed`);
            expect((await two.list("?type=email")).status).toBe(200);
          }
        }),
      );
      expect(ids.size).toBe(96);
      const { data, meta } = await (replicas[1] as Harness).list("?results_per_page=1000");
      expect(meta.total).toBe(names.size);
      expect(new Map(data.map((it) => [it.id, it.name]))).toEqual(names);
    });
  },
);
