import { StoreError } from "./store.ts";

/** Whether a text is a PostgreSQL URL, not the name of a file. */
export function isPostgresUrl(text: string): boolean {
  return /^postgres(ql)?:/i.test(text);
}

/**
 * How messages name the database: its host, port and name, but never the user, the password or the options of the URL. Throws StoreError for
 * a URL that can't be read, or in which a part of the password could be taken for the host.
 */
export function placeOf(url: string): string {
  const known = URL.canParse(url) ? new URL(url) : undefined;
  const authority = /^\w+:\/\/([^/?#]*)/.exec(url)?.[1] ?? "";
  const ats = (text: string) => text.split("@").length - 1;
  const database = known?.pathname.slice(1) ?? "";
  if (known === undefined || known.hash !== "" || ats(authority) > 1 || ats(url) > ats(authority)) {
    throw new StoreError(
      "The database URL can't be read: it must be postgres://user:password@host:port/database, with special characters percent-encoded (@ is %40, / is %2F, # is %23).",
    );
  }
  if (database === "" || known.hostname === "") {
    const what = database === "" ? "database" : "host";
    throw new StoreError(
      `The database URL names no ${what}: it must be postgres://user:password@host:port/database.`,
    );
  }
  return `PostgreSQL at ${known.hostname}:${known.port || "5432"}/${database}`;
}
