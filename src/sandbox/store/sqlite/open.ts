import { resolve } from "node:path";
import Database from "libsql";
import type { Store } from "../store.ts";
import { connect, type Row } from "./connection.ts";
import { contentMethods } from "./content.ts";
import { applicationId, attempt, checkFile, hasHeader, keepPrivate, patienceAtStart } from "./file.ts";
import { handlerMethods } from "./handlers.ts";
import { keyMethods } from "./keys.ts";
import { migrations } from "./migrations.ts";
import { snapshotMethods } from "./snapshots.ts";

const inMemory = ":memory:";

/** How long a write may hold up all other requests while another process writes, in milliseconds; then it is tried again, aside. */
const blockingMilliseconds = 10;

/**
 * Opens a store in an SQLite file, which is made where there is none, or in memory. The file is kept in WAL mode with
 * `synchronous = NORMAL`: what was answered is in the hands of the operating system and survives the death of the process; a
 * power failure may take the last transactions, never half of one. (`OFF` would save the sync of each checkpoint, but let a
 * power failure damage the file; `FULL` would sync each commit, of which the death of a process has no need.) Several processes can have it open.
 * Throws StoreError for a file that is damaged, or of another program, or of a later version; it is left as it was, and nothing
 * beside it.
 */
export function openSqliteStore(file: string = inMemory): Store {
  if (file !== inMemory) {
    const isThere = hasHeader(file);
    if (isThere) checkFile(file);
    keepPrivate(file, isThere);
  }
  const database = attempt(
    `${file} can't be opened as a database`,
    // A whole path: the driver takes some names for addresses.
    () => new Database(file === inMemory ? file : resolve(file), { timeout: patienceAtStart }),
  );
  try {
    prepareDatabase(database, file);
    database.pragma(`busy_timeout = ${blockingMilliseconds}`);
    const connection = connect(database);
    return {
      ...keyMethods(connection),
      ...handlerMethods(connection),
      ...contentMethods(connection),
      ...snapshotMethods(connection),
      ping: () => connection.reading("answer", () => void connection.prepare("SELECT 1").get([])),
      close: () => connection.close(),
    };
  } catch (error) {
    database.close();
    throw error;
  }
}

function prepareDatabase(database: Database.Database, file: string): void {
  const version = () => Number((database.prepare("PRAGMA user_version").raw().get() as Row)[0]);
  attempt(`${file} can't be used as a database`, () => {
    database.pragma("foreign_keys = ON");
    if (version() < migrations.length) {
      // Before the file is in WAL mode for the first time, so that the file itself, not a log beside it, says whose it is.
      database.exec("BEGIN IMMEDIATE");
      // Another process may have been faster: the version is read again under the lock.
      for (const [index, migration] of migrations.entries()) {
        if (index < version()) continue;
        database.exec(
          `PRAGMA application_id = ${applicationId};${migration};PRAGMA user_version = ${index + 1}`,
        );
      }
      database.exec("COMMIT");
    }
    if (file !== inMemory) {
      database.pragma("journal_mode = WAL");
      database.pragma("synchronous = NORMAL");
    }
  });
}
