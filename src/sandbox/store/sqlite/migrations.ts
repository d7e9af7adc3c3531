/**
 * The nth migration turns a database of version n into version n + 1; the file's `user_version` is its version. A released migration is
 * never edited: add another one.
 *
 * - `handlers` is clustered by account, so that a page is one sequential read and an insert changes one B-tree. `document` is what answers
 *   show; lists filter and order by the other columns.
 * - `counts` has the number of an account's handlers by type and state, so that lists of 100,000 handlers are not counted each time. Every
 *   transaction that writes handlers updates it.
 * - `snapshots` are named copies of an account's handlers; `taken` is in milliseconds since 1970.
 * - `keys` are the valid API keys. When one is revoked its handlers stay, under its hash.
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
