import { chmodSync, closeSync, existsSync, openSync, readSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import Database from "libsql";
import { StoreError } from "../store.ts";
import type { Row } from "./connection.ts";
import { migrations } from "./migrations.ts";

/** Marks a file as a sandbox's (SQLite's `application_id`, at offset 68 of the file): "NHSB". */
export const applicationId = 0x4e485342;

/** How long opening a store waits for the transaction of another process, which may be filling it, in milliseconds. */
export const patienceAtStart = 60_000;

/**
 * Looks at the file's header before SQLite may touch it. False for an absent and an empty file: they become databases. Throws for
 * what is no database of ours.
 */
export function hasHeader(file: string): boolean {
  const header = Buffer.alloc(100);
  let length: number;
  try {
    // To open a pipe would be to wait for its other end.
    if (!statSync(file).isFile()) throw new StoreError(`${file} can't be opened: it is no file.`);
    const descriptor = openSync(file, "r");
    try {
      length = readSync(descriptor, header);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    if (error instanceof StoreError) throw error;
    if ((error as NodeJS.ErrnoException).code === "ENOENT") {
      if (existsSync(dirname(file))) return false;
      throw new StoreError(`${file} can't be made: there is no folder ${dirname(file)}.`, { cause: error });
    }
    throw new StoreError(`${file} can't be read: ${(error as Error).message}.`, { cause: error });
  }
  if (length === 0) return false;
  const isOurs =
    length === header.length &&
    header.toString("latin1", 0, 16) === "SQLite format 3\0" &&
    header.readUInt32BE(68) === applicationId;
  if (!isOurs) {
    throw new StoreError(
      `${file} is not a sandbox database. It was left as it is: name another file, or a new one.`,
    );
  }
  const version = header.readUInt32BE(60);
  if (version > migrations.length) {
    throw new StoreError(
      `${file} was written by a later version of the sandbox (${version}, known: ${migrations.length}).`,
    );
  }
  return true;
}

/**
 * Looks for damage. SQLite makes files beside one that it opens, and a refused one would be left with them: so a file at rest is
 * opened as one that can't change (https://www.sqlite.org/uri.html). One with a log beside it is in use, or was by a process that
 * was killed: it is opened for reading, so that the log counts, but is not moved into the file. What a journal, of a first start
 * that was killed, holds against the file can't be undone by reading: SQLite does so when the file is opened to be served.
 */
export function checkFile(file: string): void {
  const isPresent = (suffix: string) => existsSync(file + suffix);
  if (isPresent("-journal")) return;
  attempt(`${file} can't be used as a database`, () => {
    if (!isPresent("-wal")) {
      try {
        checkPages(file, "immutable=1");
        return;
      } catch (error) {
        // Another process may have begun to write meanwhile.
        if (!isPresent("-wal")) throw error;
      }
    }
    checkPages(file, "mode=ro");
  });
}

function checkPages(file: string, how: "immutable=1" | "mode=ro"): void {
  const database = new Database(`${pathToFileURL(resolve(file))}?${how}`, { timeout: patienceAtStart });
  try {
    const [verdict] = database.prepare("PRAGMA quick_check(1)").raw().get() as Row;
    if (verdict !== "ok") {
      const what = String(verdict).split("\n").at(-1);
      throw new StoreError(`${file} is damaged (${what}). It was left as it is.`);
    }
  } finally {
    database.close();
  }
}

/**
 * Lets nobody but the owner read or write the file: settings of handlers are secrets. SQLite gives the files that it makes beside one the
 * file's own mode. What the owner may not do stays so. Throws StoreError for a new file that can't be made.
 */
export function keepPrivate(file: string, isThere: boolean): void {
  try {
    if (!isThere) closeSync(openSync(file, "a", 0o600));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new StoreError(`${file} can't be made: nothing can be written into ${dirname(file)} (${code}).`, {
      cause: error,
    });
  }
  for (const path of [file, `${file}-wal`, `${file}-shm`, `${file}-journal`]) {
    try {
      const { mode } = statSync(path);
      if ((mode & 0o077) !== 0) chmodSync(path, mode & 0o700);
    } catch {
      // It is not there, or another's: whoever owns it decides.
    }
  }
}

/** Does what a file may not be good for. Throws StoreError. */
export function attempt<T>(what: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof StoreError) throw error;
    const { message, code } = error as Error & { code?: unknown };
    // Also a file that is only read has two more beside it.
    const why = String(code).startsWith("SQLITE_CANTOPEN")
      ? "; SQLite has to have two files beside it, -wal and -shm, or make them there"
      : "";
    throw new StoreError(`${what}: ${message.split("\n", 1)[0]}${why}.`, { cause: error });
  }
}
