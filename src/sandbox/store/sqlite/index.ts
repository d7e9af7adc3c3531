/** The store in an SQLite file, or in memory. */
export { openSqliteStore } from "./open.ts";
