import type Database from "libsql";
import type { Eventual } from "../eventual.ts";
import { StoreBusyError, StoreError } from "../store.ts";
import { whenFree } from "./when-free.ts";

/** After so many writes the write-ahead log is moved into the file: libsql does not do so by itself, and it would grow without end. */
const writesPerCheckpoint = 500;

export type Row = unknown[];

/** A database with what all parts of the store do with it. */
export interface Connection {
  /** A statement whose rows are arrays, prepared once. There are a few hundred at most: one per combination of filters and order. */
  prepare(sql: string): Database.Statement<unknown[]>;
  /** Reads, and says what could not be done. Throws StoreError. */
  reading<T>(what: string, action: () => T): T;
  /** Writes in one transaction: at once, or when another process has ended its own. Fails with StoreError. */
  writing<T>(what: string, action: () => T, mostMilliseconds?: number): Eventual<T>;
  close(): void;
}

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
   * All or nothing. Where another process is writing, this is where it shows. The driver leaves a prepared statement open that could not
   * begin, and with it a view of the database as it was; one that is not prepared ends whatever comes of it.
   */
  function inTransaction<T>(action: () => T): T {
    database.exec("BEGIN IMMEDIATE");
    try {
      const result = action();
      commit.run([]);
      return result;
    } catch (error) {
      if (database.inTransaction) database.exec("ROLLBACK");
      throw error;
    }
  }

  let writes = 0;
  /** What was written is safe in the log already: a checkpoint that fails is made up for by the next. */
  function takeNote(): void {
    writes += 1;
    if (writes % writesPerCheckpoint !== 0) return;
    try {
      checkpoint("PASSIVE");
    } catch {
      // A full disk: writes will say so themselves.
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
    writing: (what, action, mostMilliseconds) =>
      whenFree(() => {
        const result = reading(what, () => inTransaction(action));
        takeNote();
        return result;
      }, mostMilliseconds),
    close: () => {
      // The driver closes a file only when its statements are collected: what is in the log is moved into the file here.
      try {
        if (database.open) checkpoint("TRUNCATE");
      } catch {
        // A full disk, or a file that can't be written: the log stays beside the file, and nothing in it is lost.
      }
      database.close();
    },
  };
}
