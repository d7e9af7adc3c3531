import type Database from "libsql";
import type { Eventual } from "../eventual.ts";
import { StoreBusyError, StoreError } from "../store.ts";
import { retryWhenBusy } from "./retry-when-busy.ts";

/** After this many writes the write-ahead log is moved into the file. libsql does not do so by itself; the log would grow forever. */
const writesPerCheckpoint = 500;

/** A row, in the order of the columns. */
export type Row = unknown[];

/** An SQLite database, and what all parts of the store need from it. */
export interface Connection {
  /** Prepares a statement, or returns the one that was prepared before. Its rows are arrays. There are at most a few hundred: one per combination of filters and order. */
  prepare(sql: string): Database.Statement<unknown[]>;
  /** Runs an action that reads. Throws StoreError: "The database could not <what>". */
  reading<T>(what: string, action: () => T): T;
  /** Rolls the transaction back, unless SQLite has done so by itself, as for a full disk. */
  rollBack(): void;
  /** Runs an action that writes, in one transaction. Waits for the transaction of another process. Fails with StoreError. */
  writing<T>(what: string, action: () => T, mostMilliseconds?: number): Eventual<T>;
  close(): void;
}

/** Prepares what all parts of the store need from an open database. */
export function connect(database: Database.Database): Connection {
  const prepared = new Map<string, Database.Statement<unknown[]>>();
  function prepare(sql: string): Database.Statement<unknown[]> {
    const known = prepared.get(sql);
    if (known !== undefined) return known;
    const statement = database.prepare(sql);
    if (statement.reader) statement.raw();
    prepared.set(sql, statement);
    return statement;
  }

  const commit = database.prepare("COMMIT");
  /**
   * All or nothing. BEGIN fails if another process is writing. It is not a prepared statement: the driver leaves a prepared one open when it
   * fails, and later reads would see an outdated database.
   */
  function inTransaction<T>(action: () => T): T {
    database.exec("BEGIN IMMEDIATE");
    try {
      const result = action();
      commit.run([]);
      return result;
    } catch (error) {
      rollBack();
      throw error;
    }
  }

  function rollBack(): void {
    if (database.inTransaction) database.exec("ROLLBACK");
  }

  let writes = 0;
  /** A checkpoint may fail: what was written is safe in the log, and the next checkpoint moves it. */
  function countWrite(): void {
    writes += 1;
    if (writes % writesPerCheckpoint !== 0) return;
    try {
      checkpoint("PASSIVE");
    } catch {
      // The disk is full: the next write will fail and say so.
    }
  }

  function checkpoint(mode: "PASSIVE" | "TRUNCATE"): void {
    prepare(`PRAGMA wal_checkpoint(${mode})`).all();
  }

  function reading<T>(what: string, action: () => T): T {
    try {
      return action();
    } catch (error) {
      if (error instanceof StoreError) throw error;
      const { message, code } = error as Error & { code?: unknown };
      const Failure = String(code).startsWith("SQLITE_BUSY") ? StoreBusyError : StoreError;
      throw new Failure(`The database could not ${what}: ${message}.`, { cause: error });
    }
  }

  return {
    prepare,
    reading,
    rollBack,
    writing: (what, action, mostMilliseconds) =>
      retryWhenBusy(() => {
        const result = reading(what, () => inTransaction(action));
        countWrite();
        return result;
      }, mostMilliseconds),
    close: () => {
      // The driver closes the file only when its statements are garbage-collected, so the log is moved into the file here.
      try {
        if (database.open) checkpoint("TRUNCATE");
      } catch {
        // The disk is full, or the file can't be written: the log stays beside the file, and nothing is lost.
      }
      database.close();
    },
  };
}
