import { type Store, StoreError } from "../store.ts";
import { type Ask, type Connections, connect } from "./connection.ts";
import { contentMethods } from "./content.ts";
import { sentenceOf } from "./failure.ts";
import { handlerMethods } from "./handlers.ts";
import { keyMethods } from "./keys.ts";
import { markTable, migrations } from "./migrations.ts";
import { snapshotMethods } from "./snapshots.ts";
import { placeOf } from "./url.ts";

export interface PostgresOptions {
  /** Connections at a time, 10 by default. */
  readonly connections?: number | undefined;
}

/** Held by whoever migrates: the same number in all versions. */
const lock = 0x4e485342;

/** How long a server may take to say that it is there, in milliseconds. */
const pingMilliseconds = 2_000;

/**
 * Opens a store in a PostgreSQL database, in the schema that is first in the user's search path: an empty one is filled, one of an earlier
 * version brought up to date, any other refused and left as it is. The URL is as libpq has it (`postgres://user:password@host:port/database`,
 * with `sslmode` and the like); what it leaves out comes from libpq's environment (`PGPASSWORD` and so on). Rejects with StoreError, whose
 * message repeats no secret of the URL.
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
  // The user may not write, or not make tables.
  const hint =
    code === "42501" || code === "25006"
      ? "; its user must be able to make tables there, and to write to them"
      : "";
  return new StoreError(`${place} can't be used: ${sentenceOf(cause)}${hint}.`, { cause });
}

/** Brings the database up to date. Throws StoreError for one that is not a sandbox's, or of a later version. */
async function prepare({ ask, transaction }: Connections, place: string): Promise<void> {
  const what = "be prepared";
  const version = await versionOf((text, values) => ask(what, text, values), place);
  if (version < migrations.length) {
    await transaction(what, async (asks) => {
      await asks("SELECT pg_advisory_xact_lock($1)", [lock]);
      // Another replica may have been faster: the version is read again under the lock.
      for (let at = await versionOf(asks, place); at < migrations.length; at += 1) {
        await asks(migrations[at] ?? "");
        await asks(`UPDATE ${markTable} SET version = $1`, [at + 1]);
      }
    });
  }
  // Nothing is changed by it, but who may not write is told so.
  await ask(what, "UPDATE handlers SET document = document WHERE account = -1");
}

/** 0 for an empty schema. */
async function versionOf(ask: Ask, place: string): Promise<number> {
  const tables = await ask(
    "SELECT current_schema() AS schema, tablename AS name FROM (SELECT 1) AS one LEFT JOIN pg_tables ON schemaname = current_schema()",
  );
  const [first] = tables;
  if (first?.schema === null)
    throw new StoreError(`${place} can't be used: there is no schema of its user's search_path.`);
  if (first?.name === null) return 0;
  if (!tables.some(({ name }) => name === markTable)) {
    throw new StoreError(
      `${place} is not a sandbox's: it has tables of another program, such as ${first?.name}. It was left as it is: name an empty database.`,
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
