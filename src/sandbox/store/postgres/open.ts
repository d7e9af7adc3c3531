import { placeOf } from "../postgres-url.ts";
import { type Store, StoreError } from "../store.ts";
import { type Ask, type Connections, connect } from "./connection.ts";
import { contentMethods } from "./content.ts";
import { sentenceOf } from "./failure.ts";
import { handlerMethods } from "./handlers.ts";
import { keyMethods } from "./keys.ts";
import { markTable, migrations } from "./migrations.ts";
import { snapshotMethods } from "./snapshots.ts";

/** Options of a store in PostgreSQL. */
export interface PostgresOptions {
  /** Connections at a time, 10 by default. */
  readonly connections?: number | undefined;
}

/** The advisory lock of migrations: the same number in all versions. */
const lock = 0x4e485342;

/** How long a ping may take, in milliseconds. */
const pingMilliseconds = 2_000;

/**
 * Opens a store in a PostgreSQL database, in the first schema of the user's search path. An empty schema gets the tables, and one of an
 * earlier version is migrated; any other is refused and left unchanged. The URL has libpq's form
 * (`postgres://user:password@host:port/database`, with `sslmode` and so on); parts that it leaves out come from libpq's environment variables
 * (`PGPASSWORD` and so on). Rejects with StoreError, whose message repeats no secret of the URL.
 */
export async function openPostgresStore(
  url: string,
  { connections: most = 10 }: PostgresOptions = {},
): Promise<Store> {
  const place = placeOf(url);
  let connections: Connections | undefined;
  try {
    connections = connect(url, most);
    await prepare(connections, place);
  } catch (error) {
    await connections?.close();
    throw refusalOf(place, error);
  }
  const { ask, close } = connections;
  return {
    ...keyMethods(connections),
    ...handlerMethods(connections),
    ...contentMethods(connections),
    ...snapshotMethods(connections),
    ping: () => answersInTime(ask("answer", "SELECT 1")),
    close,
  };
}

/** Why a database can't be used, in one sentence. */
function refusalOf(place: string, error: unknown): StoreError {
  if (error instanceof StoreError && error.cause === undefined) return error;
  const cause = error instanceof StoreError ? error.cause : error;
  const { code } = cause as { code?: string };
  // 42501: insufficient privilege; 25006: read-only.
  const hint =
    code === "42501" || code === "25006"
      ? "; its user must be allowed to create tables there and to write to them"
      : "";
  return new StoreError(`${place} can't be used: ${sentenceOf(cause)}${hint}.`, { cause });
}

/** Migrates the database to the current version. Throws StoreError if it is not a sandbox's, or of a later version. */
async function prepare({ ask, transaction }: Connections, place: string): Promise<void> {
  const what = "be prepared";
  const version = await versionOf((text, values) => ask(what, text, values), place);
  if (version < migrations.length) {
    await transaction(what, async (asks) => {
      await asks("SELECT pg_advisory_xact_lock($1)", [lock]);
      // Another replica may have migrated it meanwhile, so the version is read again under the lock.
      for (let at = await versionOf(asks, place); at < migrations.length; at += 1) {
        await asks(migrations[at] ?? "");
        await asks(`UPDATE ${markTable} SET version = $1`, [at + 1]);
      }
    });
  }
  // Changes nothing, but fails at start-up if the user may not write.
  await ask(what, "UPDATE handlers SET document = document WHERE account = -1");
}

/** The version of the schema; 0 if it is empty. */
async function versionOf(ask: Ask, place: string): Promise<number> {
  const tables = await ask(
    "SELECT current_schema() AS schema, tablename AS name FROM (SELECT 1) AS one LEFT JOIN pg_tables ON schemaname = current_schema()",
  );
  const [first] = tables;
  if (first?.schema === null)
    throw new StoreError(`${place} can't be used: no schema of its user's search_path exists.`);
  if (first?.name === null) return 0;
  if (!tables.some(({ name }) => name === markTable)) {
    throw new StoreError(
      `${place} is not a sandbox database: it has tables of another program, such as ${first?.name}. Nothing was changed: name an empty database.`,
    );
  }
  const [row] = await ask(`SELECT version FROM ${markTable}`);
  const version = row?.version as number;
  if (version > migrations.length) {
    throw new StoreError(
      `${place} was written by a later version of the sandbox (${version}, known: ${migrations.length}).`,
    );
  }
  return version;
}

async function answersInTime(answer: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const after = `${pingMilliseconds} ms`;
    timer = setTimeout(
      () => reject(new StoreError(`The database did not answer within ${after}.`)),
      pingMilliseconds,
    );
  });
  try {
    await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
