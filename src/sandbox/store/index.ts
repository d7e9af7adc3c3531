/** Where a sandbox keeps its handlers: one interface, and SQLite behind it. */

export { openSqliteStore } from "./sqlite.ts";
export {
  type Account,
  type HandlerRecord,
  type ListQuery,
  type ListResult,
  type Order,
  type Store,
  StoreBusyError,
  StoreError,
  StorePageError,
} from "./store.ts";
export { type Create, createTogether } from "./together.ts";
export { whenFree } from "./when-free.ts";
