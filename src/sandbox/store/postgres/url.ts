import { StoreError } from "../store.ts";

/** Whether a text names a database of PostgreSQL, not a file. */
export function isPostgresUrl(text: string): boolean {
  return /^postgres(ql)?:/i.test(text);
}

/**
 * What messages call the database: its host, port and name. The user, the password and the options of the URL are never repeated; so that
 * no part of a password is taken for a host, a URL in which that could be is refused. Throws StoreError.
 */
export function placeOf(url: string): string {
  const known = URL.canParse(url) ? new URL(url) : undefined;
  const authority = /^\w+:\/\/([^/?#]*)/.exec(url)?.[1] ?? "";
  const ats = (text: string) => text.split("@").length - 1;
  const database = known?.pathname.slice(1) ?? "";
  if (known === undefined || known.hash !== "" || ats(authority) > 1 || ats(url) > ats(authority)) {
    throw new StoreError(
      "The URL of the database is no URL: it must be postgres://user:password@host:port/database, with special characters percent-encoded (@ is %40, / is %2F, # is %23).",
    );
  }
  if (database === "" || known.hostname === "") {
    const what = database === "" ? "database" : "host";
    throw new StoreError(
      `The URL of the database names no ${what}: it must be postgres://user:password@host:port/database.`,
    );
  }
  return `PostgreSQL at ${known.hostname}:${known.port || "5432"}/${database}`;
}
