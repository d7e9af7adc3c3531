import { isPostgresUrl, openPostgresStore, type PostgresOptions } from "./postgres/open.ts";
import { openSqliteStore } from "./sqlite/open.ts";
import type { Store } from "./store.ts";

/** What a store may be told; each kind takes what concerns it. */
export type StoreOptions = PostgresOptions;

/**
 * Opens a store: in memory where nothing is named, in PostgreSQL for a URL (`postgres://…`), else in an SQLite file.
 * Rejects with StoreError; what can't be used is left as it was.
 */
export async function openStore(db: string | undefined, options: StoreOptions = {}): Promise<Store> {
  if (db !== undefined && isPostgresUrl(db)) return openPostgresStore(db, options);
  return openSqliteStore(db);
}
