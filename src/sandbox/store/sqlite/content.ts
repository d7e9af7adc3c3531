import { type Account, type Content, type Store, type StoredHandler, StoreError } from "../store.ts";
import { storedValues } from "../values.ts";
import type { Connection, Row } from "./connection.ts";

const handlersAtOnce = 500;

/** Exports everything in a store, and imports it into another. */
export function contentMethods({ prepare, reading, rollBack }: Connection): Pick<Store, "export" | "import"> {
  const keys = () =>
    (prepare("SELECT name, hash, added FROM keys ORDER BY id").all([]) as [string, Buffer, number][]).map(
      ([name, hash, added]) => ({ name, hash, added }),
    );
  const accounts = () =>
    (
      prepare("SELECT id, instance, key_hash FROM accounts ORDER BY id").all([]) as [number, string, Buffer][]
    ).map(([id, instance, keyHash]) => ({ id, instance, keyHash }));

  const snapshots = () =>
    (prepare("SELECT id, account, name, taken, handlers FROM snapshots ORDER BY id").all([]) as Row[]).map(
      (row) => {
        const [id, account, name, taken, count] = row as [number, number, string, number, number];
        return { id, account, name, taken, handlers: count };
      },
    );

  function* rowsOf({ table, owner }: Kept): Generator<StoredHandler[]> {
    const next = prepare(
      `SELECT ${owner}, id, type, folded_name, enabled, created, changed, document FROM ${table}
       WHERE (${owner}, id) > (?, ?) ORDER BY ${owner}, id LIMIT ?`,
    );
    for (let [account, id] = [-1, -1]; ; ) {
      const rows = (next.all([account, id, handlersAtOnce]) as Row[]).map(handlerOf);
      const last = rows.at(-1);
      if (last === undefined) return;
      yield rows;
      ({ account, id } = last);
    }
  }

  /** Inserts handlers. `own`: the new id of each old owner (an account, or a snapshot). */
  async function takeRows({ table }: Kept, blocks: Content["handlers"], own: ReadonlyMap<number, number>) {
    const add = prepare(`INSERT INTO ${table} VALUES (?, ?, ?, ?, ?, ?, ?, ?)`);
    for await (const some of blocks) {
      for (const it of some) add.run([own.get(it.account), it.id, ...storedValues(it)]);
    }
  }

  /** Runs an asynchronous action in a transaction. Nothing else may use the connection meanwhile. */
  async function during<T>(what: string, how: "BEGIN" | "BEGIN IMMEDIATE", action: () => Promise<T>) {
    reading(what, () => prepare(how).run([]));
    try {
      const result = await action();
      reading(what, () => prepare("COMMIT").run([]));
      return result;
    } catch (error) {
      rollBack();
      throw error instanceof StoreError ? error : reading(what, () => raise(error));
    }
  }

  return {
    export: (take) =>
      during("export its content", "BEGIN", () => {
        const [row] = prepare("SELECT last FROM sequence").all([]) as [Row];
        return take({
          keys: keys(),
          accounts: accounts(),
          lastId: Number(row[0]),
          handlers: rowsOf(live),
          snapshots: snapshots(),
          snapshotHandlers: rowsOf(saved),
        });
      }),
    import: (content) =>
      during("import the content", "BEGIN IMMEDIATE", async () => {
        for (const table of ["keys", "handlers"]) {
          if (prepare(`SELECT 1 FROM ${table} LIMIT 1`).all([]).length > 0)
            throw new StoreError(`The database has ${table} already: name an empty database or a new file.`);
        }
        const addKey = prepare("INSERT INTO keys (name, hash, added) VALUES (?, ?, ?)");
        for (const { name, hash, added } of content.keys) addKey.run([name, hash, added]);
        const own = new Map<number, number>();
        for (const account of content.accounts) own.set(account.id, addAccount(account));
        await takeRows(live, content.handlers, own);
        const ownSnapshots = new Map<number, number>();
        for (const snapshot of content.snapshots)
          ownSnapshots.set(
            snapshot.id,
            addSnapshot({ ...snapshot, account: own.get(snapshot.account) ?? -1 }),
          );
        await takeRows(saved, content.snapshotHandlers, ownSnapshots);
        prepare("DELETE FROM counts").run([]);
        prepare(
          "INSERT INTO counts SELECT account, type, enabled, count(*) FROM handlers GROUP BY account, type, enabled",
        ).run([]);
        prepare("UPDATE sequence SET last = max(last, ?)").run([content.lastId]);
      }),
  };

  function addAccount({ instance, keyHash }: Account & { readonly instance: string }): number {
    const add = prepare("INSERT INTO accounts (instance, key_hash) VALUES (?, ?) ON CONFLICT DO NOTHING");
    add.run([instance, keyHash]);
    const [row] = prepare("SELECT id FROM accounts WHERE instance = ? AND key_hash = ?").all([
      instance,
      keyHash,
    ]) as [Row];
    return Number(row[0]);
  }

  function addSnapshot({ account, name, taken, handlers }: Content["snapshots"][number]): number {
    const [row] = prepare(
      "INSERT INTO snapshots (account, name, taken, handlers) VALUES (?, ?, ?, ?) RETURNING id",
    ).all([account, name, taken, handlers]) as [Row];
    return Number(row[0]);
  }
}

/** A table of handlers, and its column that names the owner (an account, or a snapshot): the first column of its primary key. */
interface Kept {
  readonly table: string;
  readonly owner: string;
}

const live: Kept = { table: "handlers", owner: "account" };
const saved: Kept = { table: "snapshot_handlers", owner: "snapshot" };

function handlerOf(row: Row): StoredHandler {
  const [account, id, type, foldedName, enabled, created, changed, document] = row as [
    number,
    number,
    string,
    string,
    number,
    number,
    number | null,
    string,
  ];
  return { account, id, type, foldedName, enabled: enabled === 1, created, changed, document };
}

function raise(error: unknown): never {
  throw error;
}
