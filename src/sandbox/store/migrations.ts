/**
 * What turns a database of each version into the next one; the number of those that were applied is the file's
 * `user_version`. A migration that was released is never edited: add another one.
 *
 * - `handlers` is clustered by account, so that a page is read in one run and each insert touches one tree. `document` is
 *   what answers show; the other columns are what lists filter and order by.
 * - `buckets` counts an account's handlers by blocks of ids, so that a page deep in the list is found by adding up
 *   blocks, not by stepping over each handler before it, and all are counted by adding up, too. Deletes are counted by a trigger;
 *   creates by whoever creates, once for many, in their transaction.
 */
export const bucketSize = 1024;

export const migrations: readonly string[] = [
  `
  CREATE TABLE accounts (
    id INTEGER PRIMARY KEY,
    instance TEXT NOT NULL,
    key_hash BLOB NOT NULL,
    UNIQUE (instance, key_hash)
  ) STRICT;

  CREATE TABLE sequence (last INTEGER NOT NULL) STRICT;
  INSERT INTO sequence VALUES (0);

  CREATE TABLE handlers (
    account INTEGER NOT NULL REFERENCES accounts,
    id INTEGER NOT NULL,
    type TEXT NOT NULL,
    folded_name TEXT NOT NULL,
    enabled INTEGER NOT NULL,
    created INTEGER NOT NULL,
    changed INTEGER,
    document TEXT NOT NULL,
    PRIMARY KEY (account, id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX handlers_by_created ON handlers (account, created);
  CREATE INDEX handlers_by_changed ON handlers (account, changed) WHERE changed IS NOT NULL;

  CREATE TABLE buckets (
    account INTEGER NOT NULL REFERENCES accounts,
    bucket INTEGER NOT NULL,
    handlers INTEGER NOT NULL,
    PRIMARY KEY (account, bucket)
  ) STRICT, WITHOUT ROWID;

  CREATE TRIGGER handler_deleted AFTER DELETE ON handlers BEGIN
    UPDATE buckets SET handlers = handlers - 1 WHERE account = OLD.account AND bucket = OLD.id / ${bucketSize};
  END;
  `,
];
