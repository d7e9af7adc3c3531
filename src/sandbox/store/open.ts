import type { PostgresOptions } from "./postgres/open.ts";
import { isPostgresUrl } from "./postgres/url.ts";
import { openSqliteStore } from "./sqlite/open.ts";
import { type Store, StoreError } from "./store.ts";

export { isPostgresUrl } from "./postgres/url.ts";

/** What a store may be told; each kind takes what concerns it. */
export type StoreOptions = PostgresOptions;

/**
 * Opens a store: in memory where nothing is named, in PostgreSQL for a URL (`postgres://…`), else in an SQLite file.
 * Rejects with StoreError; what can't be used is left as it was.
 */
export async function openStore(db: string | undefined, options: StoreOptions = {}): Promise<Store> {
  if (db === undefined || (!isPostgresUrl(db) && !isUrl(db))) return openSqliteStore(db);
  if (!isPostgresUrl(db))
    throw new StoreError("The URL of the database is none of PostgreSQL: it must begin with postgres://.");
  // Whoever has a file need not wait for the driver.
  const { openPostgresStore } = await import("./postgres/open.ts");
  return openPostgresStore(db, options);
}

function isUrl(text: string): boolean {
  return /^[a-z][a-z\d+.-]*:\/\//i.test(text);
}
