/** Where a sandbox keeps its handlers: one interface, with SQLite or PostgreSQL behind it. Start reading at store.ts. */

export { batchCreates, type Create } from "./batch-creates.ts";
export { after, type Eventual } from "./eventual.ts";
export { openStore } from "./open.ts";
export { isPostgresUrl } from "./postgres-url.ts";
export { openSqliteStore } from "./sqlite/index.ts";
export {
  type HandlerRecord,
  type Key,
  type ListQuery,
  type ListResult,
  mostSnapshots,
  type Order,
  type Snapshot,
  type Store,
  StoreAwayError,
  StoreError,
  StorePageError,
} from "./store.ts";
