import { createHash } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import pg from "pg";
import type { Statement } from "../listing.ts";
import { failureOf, isOtherSession, isUndone } from "./failure.ts";

/** How long a connection, and an answer, is waited for, in milliseconds. */
const connectMilliseconds = 5_000;
const answerMilliseconds = 30_000;

/** How often what the database undid for another's sake is tried again. */
const mostAttempts = 8;

export type Row = Record<string, unknown>;

/** Asks the database: a statement of its own, or one of a transaction. */
export type Ask = (text: string, values?: readonly unknown[]) => Promise<Row[]>;

/** The connections to a database, and what all parts of the store do with them. */
export interface Connections {
  /** One statement, which is a transaction of its own. Rejects with StoreError; `what` says what could not be done. */
  ask(what: string, text: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Several statements in one transaction, which is undone when one of them, or `action`, fails. Rejects with StoreError. */
  transaction<T>(what: string, action: (ask: Ask) => Promise<T>, begin?: string): Promise<T>;
  close(): Promise<void>;
}

/**
 * Connections to a database, `most` at a time: made when they are needed, kept for ten idle seconds, and replaced when one breaks.
 * Statements are prepared once per connection, until it shows that a pooler changes the sessions behind it: from then on, for each time.
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
  // A connection that breaks says so to whoever uses it; an idle one is taken out of the pool.
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));

  const names = new Map<string, string>();
  let keepsSessions = true;
  /** What binds values is prepared; what does not may be several statements. */
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
        if (!isUndone(error) || attempt >= mostAttempts) throw failureOf(what, error);
        // Not in step with the one that was in the way.
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
          // With the connection ends its transaction, whatever state it is in.
          client.release(true);
          throw error;
        }
      }),
    close: () => pool.end(),
  };
}

/** PostgreSQL's number of the type bigint: the driver gives texts, since not all fit; ids and counts do. */
const int8 = 20;

/** The name of a prepared statement: the same with all replicas, so that no session ever has another statement by that name. */
function nameOf(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}
