import { execFileSync, spawnSync } from "node:child_process";
import { randomBytes, randomInt } from "node:crypto";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";

/** A PostgreSQL server in a temporary folder, on a free port. */
export interface PostgresServer {
  /** Creates an empty database. Returns its URL, with the password. */
  createDatabase(): Promise<string>;
  /** The URL of a database for another user, or another database, port or password. */
  urlOf(parts: { readonly user?: string; readonly password?: string; readonly database?: string }): string;
  readonly password: string;
  readonly port: number;
  /** Runs SQL on a database of it, as the owner. */
  query(url: string, sql: string): Promise<Record<string, unknown>[]>;
  /** Stops the server like its administrator (`fast`), or as if it had crashed (`immediate`). */
  stop(mode?: "fast" | "immediate"): void;
  start(): void;
  /** The ids of its processes, from Linux: the first one, and those that serve connections now. */
  processes(): number[];
  /** Stops it and removes its folder. */
  remove(): void;
}

const folders = ["/usr/lib/postgresql", "/usr/local/pgsql", "/opt/homebrew/opt"];

/** The folder of PostgreSQL's programs; undefined where it is not installed. Debian has it in a folder of its version, out of the PATH. */
export function postgresPrograms(): string | undefined {
  const versions = folders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((version) => join(folder, version, "bin")));
  const inPath = (process.env.PATH ?? "").split(":");
  return [...versions.sort().reverse(), ...inPath].find(
    (folder) => existsSync(join(folder, "pg_ctl")) && existsSync(join(folder, "initdb")),
  );
}

/** Says why PostgreSQL's tests are skipped, where they are. */
export const postgresMissing: string | undefined =
  postgresPrograms() === undefined
    ? "PostgreSQL is not installed: its tests are skipped (Debian: apt-get install postgresql)."
    : undefined;

/** What a server is started with, beside settings. */
export interface PostgresLimits {
  /** The size limit of its files, which acts like a full disk. */
  readonly mostFileKilobytes?: number;
}

/** Starts a server. `settings`: of postgresql.conf. Throws where it can't be started. */
export async function startPostgres(
  settings: Readonly<Record<string, string>> = {},
  { mostFileKilobytes }: PostgresLimits = {},
): Promise<PostgresServer> {
  const programs = postgresPrograms();
  if (programs === undefined) throw new Error(postgresMissing);
  const owner = unprivilegedOwner();
  const folder = mkdtempSync(join(tmpdir(), "postgres-"));
  chmodSync(folder, 0o755);
  const data = join(folder, "data");
  mkdirSync(data);
  const password = `p@ss/${randomBytes(8).toString("hex")}#`;
  const passwordFile = join(folder, "password");
  writeFileSync(passwordFile, password);
  for (const path of [folder, data, passwordFile])
    if (owner !== undefined) chownSync(path, owner.uid, owner.gid);
  const run = (program: string, ...args: string[]) =>
    execFileSync(join(programs, program), args, {
      ...owner,
      cwd: folder,
      stdio: ["ignore", "ignore", "pipe"],
    });
  const port = await freePort();
  run(
    "initdb",
    "-D",
    data,
    "-U",
    "sandbox",
    "--auth=scram-sha-256",
    `--pwfile=${passwordFile}`,
    "--no-sync",
    "--wal-segsize=1",
    "--locale=C.UTF-8",
    "-E",
    "UTF8",
  );
  const all = {
    listen_addresses: "127.0.0.1",
    port: String(port),
    unix_socket_directories: folder,
    shared_buffers: "32MB",
    ...settings,
  };
  writeFileSync(
    join(data, "postgresql.auto.conf"),
    Object.entries(all)
      .map(([name, value]) => `${name} = '${value}'\n`)
      .join(""),
  );
  const limit = mostFileKilobytes === undefined ? "" : `ulimit -f ${mostFileKilobytes};`;
  const start = () => {
    const script = `${limit} exec "$0" -D "$1" -w -l "$2" start`;
    execFileSync("bash", ["-c", script, join(programs, "pg_ctl"), data, join(folder, "log")], {
      ...owner,
      cwd: folder,
      stdio: "ignore",
    });
  };
  const stop = (mode = "fast") => void run("pg_ctl", "-D", data, "-w", "-m", mode, "stop");
  const urlOf: PostgresServer["urlOf"] = ({
    user = "sandbox",
    password: other = password,
    database = "postgres",
  }) => `postgres://${user}:${encodeURIComponent(other)}@127.0.0.1:${port}/${database}`;
  const query: PostgresServer["query"] = async (url, sql) => {
    const client = new pg.Client(url);
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  };
  start();
  let databases = 0;
  return {
    password,
    port,
    urlOf,
    query,
    start,
    stop,
    createDatabase: async () => {
      databases += 1;
      const database = `sandbox_${databases}`;
      await query(urlOf({}), `CREATE DATABASE ${database}`);
      return urlOf({ database });
    },
    processes: () => {
      const [first = ""] = readFileSync(join(data, "postmaster.pid"), "utf8").split("\n");
      const children = readFileSync(`/proc/${first}/task/${first}/children`, "utf8").trim().split(" ");
      return [first, ...children].map(Number);
    },
    remove: () => {
      if (existsSync(join(data, "postmaster.pid"))) stop("immediate");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL and PgBouncer refuse to run as root, so root runs them as `postgres` or `nobody`. */
export function unprivilegedOwner(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ["postgres", "nobody"]) {
    const [uid, gid] = ["-u", "-g"].map((option) =>
      spawnSync("id", [option, name], { encoding: "utf8" }).stdout.trim(),
    );
    if (uid && gid) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error("there is no user but root who could run PostgreSQL");
}

/** A free port for a program that can't choose one. It is below those that systems give out, so that nobody is given it meanwhile. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const port = randomInt(10_000, 30_000);
    const server = createServer();
    server.once("error", () => resolve(freePort()));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(port)));
  });
}
