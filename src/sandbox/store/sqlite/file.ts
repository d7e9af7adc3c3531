import { chmodSync, closeSync, existsSync, openSync, readSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import Database from "libsql";
import { StoreError } from "../store.ts";
import type { Row } from "./connection.ts";
import { migrations } from "./migrations.ts";

/** Marks a file as a sandbox database: "NHSB" as SQLite's `application_id`, at offset 68 of the file. */
export const applicationId = 0x4e485342;

/** How long opening a store waits for another process that is writing (it may be filling the file), in milliseconds. */
export const openTimeoutMilliseconds = 60_000;

/**
 * Checks the file's header before SQLite touches the file. False for a missing or an empty file, which becomes a database. Throws
 * StoreError for a file that is not a sandbox database.
 */
export function hasHeader(file: string): boolean {
  const header = Buffer.alloc(100);
  let length: number;
  try {
    // Opening a pipe would block until its other end is opened.
    if (!statSync(file).isFile()) throw new StoreError(`${file} can't be opened: it is not a file.`);
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
      throw new StoreError(`${file} can't be created: there is no folder ${dirname(file)}.`, {
        cause: error,
      });
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
 * Looks for damage without leaving a trace. SQLite creates files beside the one that it opens, so a file that nobody uses is opened as
 * immutable (https://www.sqlite.org/uri.html). A log beside the file means that a process uses it, or was killed: the file is opened
 * read-only, so that SQLite reads the log but does not move it into the file. A rollback journal means that the first start was killed: it
 * can't be applied by a reader, so SQLite applies it when the file is opened for serving.
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
  const database = new Database(`${pathToFileURL(resolve(file))}?${how}`, {
    timeout: openTimeoutMilliseconds,
  });
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
 * file's own mode. What the owner may not do stays so. Throws StoreError for a new file that can't be created.
 */
export function keepPrivate(file: string, isThere: boolean): void {
  try {
    if (!isThere) closeSync(openSync(file, "a", 0o600));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new StoreError(
      `${file} can't be created: nothing can be written into ${dirname(file)} (${code}).`,
      {
        cause: error,
      },
    );
  }
  for (const path of [file, `${file}-wal`, `${file}-shm`, `${file}-journal`]) {
    try {
      const { mode } = statSync(path);
      if ((mode & 0o077) !== 0) chmodSync(path, mode & 0o700);
    } catch {
      // It does not exist, or belongs to another user, who decides.
    }
  }
}

/** Runs an action on the file. Throws its errors as StoreError: "<what>: <reason>". */
export function attempt<T>(what: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof StoreError) throw error;
    const { message, code } = error as Error & { code?: unknown };
    // SQLite needs them even for reading.
    const why = String(code).startsWith("SQLITE_CANTOPEN")
      ? "; SQLite must be able to create two files beside it, -wal and -shm"
      : "";
    throw new StoreError(`${what}: ${message.split("\n", 1)[0]}${why}.`, { cause: error });
  }
}
