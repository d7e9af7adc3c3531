import { mostSnapshots, type Snapshot, type Store } from "../store.ts";
import type { Ask, Connections } from "./connection.ts";
import { clear, count, lockAccount } from "./handlers.ts";

const columns = "id, type, folded_name, enabled, created, changed, document";

const statements = {
  all: `SELECT id, name, taken, handlers FROM snapshots WHERE account = $1 ORDER BY name COLLATE "C"`,
  remove: "DELETE FROM snapshots WHERE account = $1 AND name = $2 RETURNING id",
  // One statement, so that it sees the handlers of one moment.
  save: `WITH saved AS (
      INSERT INTO snapshots (account, name, taken, handlers) SELECT $1, $2, $3, count(*) FROM handlers WHERE account = $1
      RETURNING id, name, taken, handlers
    ), kept AS (
      INSERT INTO snapshot_handlers (snapshot, ${columns})
      SELECT (SELECT id FROM saved), ${columns} FROM handlers WHERE account = $1
    )
    SELECT id, name, taken, handlers FROM saved`,
  restore: `WITH added AS (
      INSERT INTO handlers (account, ${columns}) SELECT $1, ${columns} FROM snapshot_handlers WHERE snapshot = $2
      RETURNING type, enabled
    ), changes AS (SELECT type, enabled, count(*) AS by FROM added GROUP BY type, enabled)
    ${count}`,
};

type Row = Snapshot & { readonly id: number };

/** The store's operations on snapshots. Saves and restores of one account wait for each other. */
export function snapshotMethods({
  ask,
  transaction,
}: Connections): Pick<Store, "snapshots" | "saveSnapshot" | "restoreSnapshot" | "removeSnapshot"> {
  const all = async (asks: Ask, account: number) =>
    (await asks(statements.all, [account])) as unknown as Row[];

  return {
    snapshots: (account) => all((text, values) => ask("list the snapshots", text, values), account),
    saveSnapshot: (account, name, taken) =>
      transaction("save the snapshot", async (asks) => {
        await asks(lockAccount, [account]);
        await asks(statements.remove, [account, name]);
        if ((await all(asks, account)).length >= mostSnapshots) return undefined;
        const [saved] = await asks(statements.save, [account, name, taken]);
        return saved as unknown as Row;
      }),
    restoreSnapshot: (account, name) =>
      transaction("restore the snapshot", async (asks) => {
        await asks(lockAccount, [account]);
        const found = (await all(asks, account)).find((it) => it.name === name);
        if (found === undefined) return undefined;
        await asks(clear, [account]);
        await asks(statements.restore, [account, found.id]);
        return found;
      }),
    removeSnapshot: async (account, name) =>
      (await ask("delete the snapshot", statements.remove, [account, name])).length > 0,
  };
}
