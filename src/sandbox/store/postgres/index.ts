/** The store in a PostgreSQL database. It is imported only when one is named, since it loads the driver. */
export { openPostgresStore, type PostgresOptions } from "./open.ts";
