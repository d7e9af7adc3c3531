import { chmodSync, closeSync, existsSync, openSync, readSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import Database from "libsql";
import { fold } from "./fold.ts";
import { bucketSize, migrations } from "./migrations.ts";
import {
  type Account,
  type HandlerRecord,
  type ListQuery,
  type Order,
  type Store,
  StoreBusyError,
  StoreError,
  StorePageError,
} from "./store.ts";

/** Marks a file as a sandbox's (SQLite's `application_id`, at offset 68 of the file): "NHSB". */
const applicationId = 0x4e485342;

/** How long opening and filling a store waits for the transaction of another process, which may be filling it, in milliseconds. */
const patienceAtStart = 60_000;

/** After so many writes the write-ahead log is moved into the file: libsql does not do so by itself, and it would grow without end. */
const writesPerCheckpoint = 500;

/** A page that holds more is not put together: it would take the memory and the time of all other requests. */
const mostPageBytes = 32 * 1024 * 1024;

/** So many handlers, of a body of 1 MiB each, are never far above that. */
const unmeasuredRows = 50;

const nothing = Buffer.alloc(0);

const inMemory = ":memory:";

type Row = unknown[];

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
    return createStore(database);
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * Lets nobody but the owner read or write the file: settings of handlers are secrets. SQLite gives the files that it makes beside one the
 * file's own mode. What the owner may not do stays so.
 */
function keepPrivate(file: string, isThere: boolean): void {
  try {
    if (!isThere) closeSync(openSync(file, "a", 0o600));
  } catch {
    // It can't be made, which the database will say.
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

function attempt<T>(what: string, action: () => T): T {
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

/**
 * Looks at the file's header before SQLite may touch it. False for an absent and an empty file: they become databases. Throws for
 * what is no database of ours.
 */
function hasHeader(file: string): boolean {
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
function checkFile(file: string): void {
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

const columns: Record<Order, string> = {
  id: "id",
  name: "folded_name",
  created: "created",
  changed: "changed",
};

function createStore(database: Database.Database): Store {
  const statements = {
    accounts: database.prepare("SELECT id, key_hash FROM accounts WHERE instance = ? ORDER BY id").raw(),
    account: database.prepare("SELECT id FROM accounts WHERE instance = ? AND key_hash = ?").raw(),
    addAccount: database.prepare(
      "INSERT INTO accounts (instance, key_hash) VALUES (?, ?) ON CONFLICT DO NOTHING",
    ),
    commit: database.prepare("COMMIT"),
    reserve: database.prepare("UPDATE sequence SET last = last + ? RETURNING last").raw(),
    create: database.prepare(
      `INSERT INTO handlers (type, folded_name, enabled, created, changed, document, account, id)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    created: database.prepare(
      "INSERT INTO buckets VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET handlers = handlers + excluded.handlers",
    ),
    read: database.prepare("SELECT document FROM handlers WHERE account = ? AND id = ?").raw(),
    any: database.prepare("SELECT 1 FROM handlers WHERE account = ? LIMIT 1").raw(),
    update: database.prepare(
      "UPDATE handlers SET type = ?, folded_name = ?, enabled = ?, created = ?, changed = ?, document = ? WHERE account = ? AND id = ?",
    ),
    remove: database.prepare("DELETE FROM handlers WHERE account = ? AND id = ?"),
    clear: database.prepare("DELETE FROM handlers WHERE account = ?"),
  };
  /** One statement per combination of filters and order that was asked for: a few hundred at most. */
  const prepared = new Map<string, Database.Statement<unknown[]>>();
  const prepare = (sql: string): Database.Statement<unknown[]> => {
    const known = prepared.get(sql);
    if (known !== undefined) return known;
    const statement = database.prepare(sql).raw();
    prepared.set(sql, statement);
    return statement;
  };

  /** What creates and updates bind. */
  function values(account: number, id: number, record: HandlerRecord): unknown[] {
    return [
      record.type,
      fold(record.name),
      record.enabled ? 1 : 0,
      record.created,
      record.changed,
      record.document(id),
      account,
      id,
    ];
  }

  function idOf(instance: string, keyHash: Buffer): unknown {
    return (statements.account.get([instance, keyHash]) as Row | undefined)?.[0];
  }

  /** Adds accounts that were missing; another process may have added them since. */
  function addAccounts(missing: readonly (readonly [instance: string, keyHash: Buffer])[]): void {
    try {
      inTransaction(() => {
        for (const [instance, keyHash] of missing) statements.addAccount.run([instance, keyHash]);
      });
    } catch (error) {
      if (!String((error as { code?: unknown }).code).startsWith("SQLITE_READONLY")) throw error;
      const [first, ...others] = missing.map(([instance]) => instance);
      const more = others.length === 0 ? "" : ` and ${others.length} more`;
      throw new StoreError(
        `The database is read-only and knows no such API key for ${first}${more}: start with a key that it was written with, or make the file writable.`,
        { cause: error },
      );
    }
  }

  /** Adds handlers and counts them; within a transaction. */
  function create(account: number, records: readonly HandlerRecord[]): number[] {
    // To the end of the statement: `get` stops at the row, and leaves the statement open.
    const [row] = statements.reserve.all([records.length]) as [Row];
    const last = Number(row[0]);
    const first = last - records.length + 1;
    const ids = records.map((record, index) => {
      statements.create.run(values(account, first + index, record));
      return first + index;
    });
    for (let from = first; from <= last; ) {
      const bucket = Math.floor(from / bucketSize);
      const next = Math.min(last + 1, (bucket + 1) * bucketSize);
      statements.created.run([account, bucket, next - from]);
      from = next;
    }
    return ids;
  }

  /**
   * All or nothing. Where another process is writing, this is where it shows. The driver leaves a prepared statement open that could not
   * begin, and with it a view of the database as it was; one that is not prepared ends whatever comes of it.
   */
  function inTransaction<T>(action: () => T): T {
    database.exec("BEGIN IMMEDIATE");
    try {
      const result = action();
      statements.commit.run([]);
      return result;
    } catch (error) {
      if (database.inTransaction) database.exec("ROLLBACK");
      throw error;
    }
  }

  /** The first id of the block in which the position lies, in the direction of the order, and how many handlers precede it. */
  function locate(
    account: number,
    position: number,
    descending: boolean,
  ): { bucket: number; before: number } | undefined {
    const direction = descending ? "DESC" : "ASC";
    const row = prepare(
      `SELECT bucket, preceding FROM (
         SELECT bucket, sum(handlers) OVER (ORDER BY bucket ${direction}) - handlers AS preceding
         FROM buckets WHERE account = ? ORDER BY bucket ${direction}
       ) WHERE preceding <= ? ORDER BY preceding DESC, bucket ${descending ? "ASC" : "DESC"} LIMIT 1`,
    ).get([account, position]) as Row | undefined;
    return row && { bucket: Number(row[0]), before: Number(row[1]) };
  }

  let writes = 0;
  /** Takes note of a write. What was written is safe in the log already: a checkpoint that fails is made up for by the next. */
  function written<T>(result: T): T {
    writes += 1;
    if (writes % writesPerCheckpoint === 0) {
      try {
        checkpoint("PASSIVE");
      } catch {
        // A full disk: writes will say so themselves.
      }
    }
    return result;
  }

  function checkpoint(mode: "PASSIVE" | "TRUNCATE"): void {
    prepare(`PRAGMA wal_checkpoint(${mode})`).all();
  }

  const guarded = <A extends unknown[], T>(what: string, action: (...parameters: A) => T) => {
    return (...parameters: A): T => {
      try {
        return action(...parameters);
      } catch (error) {
        if (error instanceof StoreError) throw error;
        const { message, code } = error as Error & { code?: unknown };
        const Failure = String(code).startsWith("SQLITE_BUSY") ? StoreBusyError : StoreError;
        throw new Failure(`The database could not ${what}: ${message}.`, { cause: error });
      }
    };
  };

  return {
    accounts: guarded("list accounts", (instance: string): Account[] =>
      (statements.accounts.all([instance]) as Row[]).map(([id, keyHash]) => ({
        id: Number(id),
        keyHash: keyHash as Buffer,
      })),
    ),
    addAccount: guarded("add an account", (instance: string, keyHash: Buffer) => {
      if (idOf(instance, keyHash) === undefined) addAccounts([[instance, keyHash]]);
      return { id: Number(idOf(instance, keyHash)), keyHash };
    }),
    addAccounts: guarded("add accounts", (instances: readonly string[], keyHashes: readonly Buffer[]) => {
      const missing = instances.flatMap((instance) =>
        keyHashes.flatMap((keyHash): [string, Buffer][] =>
          idOf(instance, keyHash) === undefined ? [[instance, keyHash]] : [],
        ),
      );
      if (missing.length > 0) addAccounts(missing);
    }),
    create: guarded("create the handler", (account: number, record: HandlerRecord) => {
      const [id] = written(inTransaction(() => create(account, [record])));
      return id as number;
    }),
    createIfEmpty: guarded("create handlers", (account: number, records: Iterable<HandlerRecord>) =>
      written(
        inTransaction(() => {
          if (statements.any.get([account]) !== undefined) return false;
          for (const some of blocksOf(records, bucketSize)) create(account, some);
          return true;
        }),
      ),
    ),
    createMany: guarded("create handlers", (account: number, records: Iterable<HandlerRecord>) =>
      written(
        inTransaction(() => {
          const ids: number[] = [];
          for (const some of blocksOf(records, bucketSize)) {
            for (const id of create(account, some)) ids.push(id);
          }
          return ids;
        }),
      ),
    ),
    read: guarded("read the handler", (account: number, id: number) => {
      const row = statements.read.get([account, id]) as Row | undefined;
      return row?.[0] as string | undefined;
    }),
    update: guarded(
      "change the handler",
      (account: number, id: number, change: (document: string) => HandlerRecord) =>
        written(
          inTransaction(() => {
            const row = statements.read.get([account, id]) as Row | undefined;
            if (row === undefined) return false;
            statements.update.run(values(account, id, change(row[0] as string)));
            return true;
          }),
        ),
    ),
    remove: guarded("delete the handler", (account: number, id: number) =>
      written(inTransaction(() => statements.remove.run([account, id]).changes > 0)),
    ),
    list: guarded("list the handlers", (account: number, query: ListQuery) => {
      const { conditions, parameters } = conditionsOf(query);
      const { by, descending } = query.order;
      const where = ["account = ?", ...conditions].join(" AND ");
      const isWhole = conditions.length === 0;
      const count = isWhole
        ? "sum(handlers) FROM buckets WHERE account = ?"
        : `count(*) FROM handlers WHERE ${where}`;
      const bound = [account, ...parameters, account, ...parameters];

      let { offset } = query;
      let start = "";
      const block = isWhole && by === "id" && offset > bucketSize && locate(account, offset, descending);
      if (block) {
        start = descending ? " AND id < ?" : " AND id >= ?";
        bound.push((descending ? block.bucket + 1 : block.bucket) * bucketSize);
        offset -= block.before;
      }
      const direction = descending ? "DESC" : "ASC";
      const order = by === "id" ? `id ${direction}` : `${columns[by]} ${direction}, id ${direction}`;
      const page = `FROM handlers WHERE ${where}${start} ORDER BY ${order} LIMIT ? OFFSET ?`;
      // Deep in a list the ids are found in the index alone: no document is read of the handlers that are stepped over.
      const source =
        offset > bucketSize
          ? `(SELECT id AS found ${page}) CROSS JOIN handlers ON account = ? AND id = found`
          : `(SELECT document ${page})`;
      bound.push(query.limit, offset);
      if (offset > bucketSize) bound.push(account);
      if (query.limit > unmeasuredRows) {
        const [bytes] = prepare(`SELECT sum(octet_length(document)) FROM ${source}`).get(
          bound.slice(1 + parameters.length),
        ) as Row;
        if (Number(bytes) > mostPageBytes) throw new StorePageError();
      }
      const sql = `SELECT (SELECT ${count}), CAST(group_concat(document, ',') AS BLOB) FROM ${source}`;
      const [total, rows] = prepare(sql).get(bound) as Row;
      return { rows: (rows as Buffer | null) ?? nothing, total: Number(total) };
    }),
    clear: guarded("delete the handlers", (account: number) => {
      written(inTransaction(() => statements.clear.run([account])));
    }),
    waitAtMost: (milliseconds) => {
      database.pragma(`busy_timeout = ${milliseconds}`);
    },
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

function* blocksOf<T>(items: Iterable<T>, size: number): Generator<T[]> {
  let block: T[] = [];
  for (const item of items) {
    if (block.push(item) < size) continue;
    yield block;
    block = [];
  }
  if (block.length > 0) yield block;
}

/** A query's filters as SQL, over columns of this file, with the values bound. */
function conditionsOf(query: ListQuery): { conditions: string[]; parameters: unknown[] } {
  const conditions: string[] = [];
  const parameters: unknown[] = [];
  const add = (condition: string, value: unknown) => {
    conditions.push(condition);
    parameters.push(value);
  };
  if (query.type !== undefined) add("type = ?", query.type);
  if (query.enabled !== undefined) add("enabled = ?", query.enabled ? 1 : 0);
  for (const { at, to } of query.equal ?? []) {
    const path = `$${at.map((name) => `.${JSON.stringify(name)}`).join("")}`;
    conditions.push("CAST(json_extract(document, ?) AS TEXT) = ?");
    parameters.push(path, to);
  }
  if (query.search !== undefined && query.search !== "") add("instr(folded_name, ?) > 0", fold(query.search));
  if (query.range !== undefined) {
    const column = columns[query.range.of];
    if (query.range.from !== undefined) add(`${column} >= ?`, query.range.from);
    if (query.range.to !== undefined) add(`${column} <= ?`, query.range.to);
  }
  return { conditions, parameters };
}
