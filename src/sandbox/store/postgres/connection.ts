import { createHash } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import pg from "pg";
import type { Statement } from "../listing.ts";
import { failureOf, isOtherSession, isRolledBack } from "./failure.ts";

/** Timeouts of connecting, and of a query, in milliseconds. */
const connectMilliseconds = 5_000;
const answerMilliseconds = 30_000;

/** How often a transaction is tried that the database rolls back because of a conflict with another. */
const mostAttempts = 8;

/** A row, by column. */
export type Row = Record<string, unknown>;

/** Runs a statement: by itself, or in a transaction. */
export type Ask = (text: string, values?: readonly unknown[]) => Promise<Row[]>;

/** A pool of connections to a database, and what all parts of the store need from it. */
export interface Connections {
  /** Runs one statement as its own transaction. Rejects with StoreError: "The database could not <what>". */
  ask(what: string, text: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Runs several statements in one transaction, which is rolled back if one of them, or `action`, fails. Rejects with StoreError. */
  transaction<T>(what: string, action: (ask: Ask) => Promise<T>, begin?: string): Promise<T>;
  close(): Promise<void>;
}

/**
 * Opens a pool of at most `most` connections. They are opened when needed, closed after ten idle seconds, and replaced when one breaks.
 * Statements are prepared once per connection. If a pooler in between (such as PgBouncer) turns out to switch sessions, named statements
 * are no longer used.
 */
export function connect(url: string, most: number): Connections {
  const pool = new pg.Pool({
    connectionString: url,
    max: most,
    connectionTimeoutMillis: connectMilliseconds,
    query_timeout: answerMilliseconds,
    keepAlive: true,
    application_name: "notification-handlers-sandbox",
    types: { getTypeParser: (id, format) => (id === int8 ? Number : pg.types.getTypeParser(id, format)) },
  });
  // If a connection breaks, its query rejects; the pool drops an idle one. Without these listeners the process would end.
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));

  const names = new Map<string, string>();
  let keepsSessions = true;
  /** Statements with values are prepared. Text without values may hold several statements, which can't be prepared. */
  function prepared({ text, values }: Statement): pg.QueryConfig {
    if (values.length === 0) return { text };
    if (!keepsSessions) return { text, values: [...values] };
    const name = names.get(text) ?? nameOf(text);
    names.set(text, name);
    return { name, text, values: [...values] };
  }

  async function persistently<T>(what: string, action: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await action();
      } catch (error) {
        if (isOtherSession(error)) keepsSessions = false;
        if (!isRolledBack(error) || attempt >= mostAttempts) throw failureOf(what, error);
        // At random, so that the same transactions don't collide again.
        await setTimeout(Math.random() * 20 * attempt);
      }
    }
  }

  return {
    ask: (what, text, values = []) =>
      persistently(what, async () => (await pool.query(prepared({ text, values }))).rows as Row[]),
    transaction: (what, action, begin = "BEGIN") =>
      persistently(what, async () => {
        const client = await pool.connect();
        try {
          await client.query(begin);
          const result = await action(
            async (text, values = []) => (await client.query(prepared({ text, values }))).rows as Row[],
          );
          await client.query("COMMIT");
          client.release();
          return result;
        } catch (error) {
          // Closing the connection ends the transaction, whatever its state.
          client.release(true);
          throw error;
        }
      }),
    close: () => pool.end(),
  };
}

/** PostgreSQL's type number of bigint. The driver returns strings, since a number can't hold every bigint; ids and counts fit. */
const int8 = 20;

/** The name of a prepared statement. It is derived from the text, so that no session ever has another statement of that name. */
function nameOf(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}
