import type { PostgresOptions } from "./postgres/index.ts";
import { isPostgresUrl } from "./postgres-url.ts";
import { openSqliteStore } from "./sqlite/index.ts";
import { type Store, StoreError } from "./store.ts";

/**
 * Opens a store: in memory if `db` is undefined, in PostgreSQL for a URL (`postgres://…`), otherwise in an SQLite file. SQLite ignores the
 * options. Rejects with StoreError; a database that can't be used is left unchanged.
 */
export async function openStore(db: string | undefined, options: PostgresOptions = {}): Promise<Store> {
  if (db === undefined || (!isPostgresUrl(db) && !isUrl(db))) return openSqliteStore(db);
  if (!isPostgresUrl(db))
    throw new StoreError("The database URL is not a PostgreSQL URL: it must begin with postgres://.");
  // The driver is loaded only when it is needed.
  const { openPostgresStore } = await import("./postgres/index.ts");
  return openPostgresStore(db, options);
}

function isUrl(text: string): boolean {
  return /^[a-z][a-z\d+.-]*:\/\//i.test(text);
}
