/**
 * What turns a database of each version into the next one; the number of those that were applied is the file's
 * `user_version`. A migration that was released is never edited: add another one.
 *
 * - `handlers` is clustered by account, so that a page is read in one run and each insert touches one tree. `document` is
 *   what answers show; the other columns are what lists filter and order by.
 * - `counts` has the number of an account's handlers by their type and whether they are enabled, so that a list of a hundred thousand is
 *   not counted each time. Whoever writes handlers writes it, in the same transaction.
 * - `snapshots` are the handlers of an account as they were, under names; `taken` is in milliseconds.
 * - `keys` are the good API keys. The handlers of one that is taken away stay with its hash.
 */
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
    UPDATE buckets SET handlers = handlers - 1 WHERE account = OLD.account AND bucket = OLD.id / 1024;
  END;
  `,
  `
  DROP TRIGGER handler_deleted;
  DROP TABLE buckets;

  CREATE TABLE counts (
    account INTEGER NOT NULL REFERENCES accounts,
    type TEXT NOT NULL,
    enabled INTEGER NOT NULL,
    handlers INTEGER NOT NULL,
    PRIMARY KEY (account, type, enabled)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO counts SELECT account, type, enabled, count(*) FROM handlers GROUP BY account, type, enabled;
  CREATE INDEX handlers_by_type ON handlers (account, type);
  CREATE INDEX handlers_by_enabled ON handlers (account, enabled);

  CREATE TABLE keys (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    hash BLOB NOT NULL UNIQUE,
    added INTEGER NOT NULL
  ) STRICT;
  INSERT INTO keys (name, hash, added) SELECT '', key_hash, unixepoch() FROM accounts GROUP BY key_hash ORDER BY min(id);
  `,
  `
  CREATE TABLE snapshots (
    id INTEGER PRIMARY KEY,
    account INTEGER NOT NULL REFERENCES accounts,
    name TEXT NOT NULL,
    taken INTEGER NOT NULL,
    handlers INTEGER NOT NULL,
    UNIQUE (account, name)
  ) STRICT;

  CREATE TABLE snapshot_handlers (
    snapshot INTEGER NOT NULL REFERENCES snapshots ON DELETE CASCADE,
    id INTEGER NOT NULL,
    type TEXT NOT NULL,
    folded_name TEXT NOT NULL,
    enabled INTEGER NOT NULL,
    created INTEGER NOT NULL,
    changed INTEGER,
    document TEXT NOT NULL,
    PRIMARY KEY (snapshot, id)
  ) STRICT, WITHOUT ROWID;
  `,
];
