import { type Content, type Store, type StoredHandler, StoreError } from "../store.ts";
import { storedValues } from "../values.ts";
import { columnsOf } from "./arrays.ts";
import type { Ask, Connections } from "./connection.ts";

const handlersAtOnce = 500;

const statements = {
  keys: "SELECT name, hash, added FROM keys ORDER BY id",
  accounts: `SELECT id, instance, key_hash AS "keyHash" FROM accounts ORDER BY id`,
  lastId: "SELECT CASE WHEN is_called THEN last_value ELSE 0 END AS last FROM handler_ids",
  snapshots: "SELECT id, account, name, taken, handlers FROM snapshots ORDER BY id",
  addKey: "INSERT INTO keys (name, hash, added) VALUES ($1, $2, $3)",
  addAccount: "INSERT INTO accounts (instance, key_hash) VALUES ($1, $2) RETURNING id",
  addSnapshot: "INSERT INTO snapshots (account, name, taken, handlers) VALUES ($1, $2, $3, $4) RETURNING id",
  count:
    "INSERT INTO counts SELECT account, type, enabled, count(*) FROM handlers GROUP BY account, type, enabled",
  goOn: "SELECT setval('handler_ids', greatest($1::bigint, 1), $1::bigint > 0)",
};

/** Exports everything in a store, and imports it into another. */
export function contentMethods({ transaction }: Connections): Pick<Store, "export" | "import"> {
  return {
    export: (take) =>
      transaction(
        "export its content",
        async (ask) => {
          const [last] = await ask(statements.lastId);
          return take({
            keys: (await ask(statements.keys)) as unknown as Content["keys"],
            accounts: (await ask(statements.accounts)) as unknown as Content["accounts"],
            lastId: last?.last as number,
            handlers: rowsOf(ask, live),
            snapshots: (await ask(statements.snapshots)) as unknown as Content["snapshots"],
            snapshotHandlers: rowsOf(ask, saved),
          });
        },
        "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY",
      ),
    import: (content) =>
      transaction("import the content", async (ask) => {
        // Others may read meanwhile; writers wait for the end.
        await ask("LOCK TABLE keys, accounts, handlers, counts IN EXCLUSIVE MODE");
        await refuseFull(ask);
        for (const { name, hash, added } of content.keys) await ask(statements.addKey, [name, hash, added]);
        const own = new Map<number, number>();
        for (const { id, instance, keyHash } of content.accounts) {
          const [row] = await ask(statements.addAccount, [instance, keyHash]);
          own.set(id, row?.id as number);
        }
        await takeRows(ask, live, content.handlers, own);
        const ownSnapshots = new Map<number, number>();
        for (const { id, account, name, taken, handlers } of content.snapshots) {
          const [row] = await ask(statements.addSnapshot, [own.get(account), name, taken, handlers]);
          ownSnapshots.set(id, row?.id as number);
        }
        await takeRows(ask, saved, content.snapshotHandlers, ownSnapshots);
        await ask(statements.count);
        await ask(statements.goOn, [content.lastId]);
        // Updates the query planner's statistics now, not within a minute or so.
        await ask("ANALYZE handlers");
      }),
  };
}

async function refuseFull(ask: Ask): Promise<void> {
  for (const table of ["keys", "accounts", "handlers"]) {
    if ((await ask(`SELECT 1 FROM ${table} LIMIT 1`)).length > 0)
      throw new StoreError(`The database has ${table} already: name an empty database.`);
  }
}

/** A table of handlers, and its column that names the owner (an account, or a snapshot): with the id it is the primary key. */
interface Kept {
  readonly table: string;
  readonly owner: string;
}

const live: Kept = { table: "handlers", owner: "account" };
const saved: Kept = { table: "snapshot_handlers", owner: "snapshot" };

async function* rowsOf(ask: Ask, { table, owner }: Kept): AsyncGenerator<StoredHandler[]> {
  const next = `SELECT ${owner} AS account, id, type, folded_name AS "foldedName", enabled = 1 AS enabled, created, changed, document
    FROM ${table} WHERE (${owner}, id) > ($1, $2) ORDER BY ${owner}, id LIMIT ${handlersAtOnce}`;
  for (let [account, id] = [-1, -1]; ; ) {
    const rows = (await ask(next, [account, id])) as unknown as StoredHandler[];
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows;
    ({ account, id } = last);
  }
}

/** Inserts handlers. `own`: the new id of each old owner (an account, or a snapshot). */
async function takeRows(
  ask: Ask,
  { table, owner }: Kept,
  blocks: Content["handlers"],
  own: ReadonlyMap<number, number>,
): Promise<void> {
  const add = `INSERT INTO ${table} (${owner}, id, type, folded_name, enabled, created, changed, document)
    SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::smallint[], $6::bigint[], $7::bigint[], $8::text[])`;
  for await (const some of blocks) {
    const rows = some.map((it) => [own.get(it.account), it.id, ...storedValues(it)]);
    await ask(add, columnsOf(rows, 8));
  }
}
