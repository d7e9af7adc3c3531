import { resolve } from "node:path";
import Database from "libsql";
import type { Store } from "../store.ts";
import { connect, type Row } from "./connection.ts";
import { contentMethods } from "./content.ts";
import {
  applicationId,
  attempt,
  checkFile,
  hasHeader,
  keepPrivate,
  openTimeoutMilliseconds,
} from "./file.ts";
import { handlerMethods } from "./handlers.ts";
import { keyMethods } from "./keys.ts";
import { migrations } from "./migrations.ts";
import { snapshotMethods } from "./snapshots.ts";

const inMemory = ":memory:";

/** How long a write may block all other requests while another process writes, in milliseconds. Then retryWhenBusy retries it. */
const blockingMilliseconds = 10;

/**
 * Opens a store in an SQLite file, which is created if it does not exist, or in memory. Several processes can have the file open. It is in
 * WAL mode with `synchronous = NORMAL`: a committed change has reached the operating system, so it survives the death of the process. A
 * power failure may lose the last transactions, but never half of one. (With `OFF` it could damage the file; `FULL` would sync each
 * commit, which the death of a process does not need.)
 * Throws StoreError for a file that is damaged, or belongs to another program or a later version. Such a file is left unchanged, with
 * nothing beside it.
 */
export function openSqliteStore(file: string = inMemory): Store {
  if (file !== inMemory) {
    const isThere = hasHeader(file);
    if (isThere) checkFile(file);
    keepPrivate(file, isThere);
  }
  const database = attempt(
    `${file} can't be opened as a database`,
    // An absolute path: the driver takes some names for URLs.
    () => new Database(file === inMemory ? file : resolve(file), { timeout: openTimeoutMilliseconds }),
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
      // Before the file is in WAL mode, so that the mark is in the file itself and not in a log beside it.
      database.exec("BEGIN IMMEDIATE");
      // Another process may have migrated it meanwhile, so the version is read again under the lock.
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
