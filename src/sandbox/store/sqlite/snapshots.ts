import { mostSnapshots, type Snapshot, type Store } from "../store.ts";
import type { Connection, Row } from "./connection.ts";

const columns = "type, folded_name, enabled, created, changed, document";

/** The store's operations on snapshots. */
export function snapshotMethods({
  prepare,
  reading,
  writing,
}: Connection): Pick<Store, "snapshots" | "saveSnapshot" | "restoreSnapshot" | "removeSnapshot"> {
  const statements = {
    all: prepare("SELECT id, name, taken, handlers FROM snapshots WHERE account = ? ORDER BY name"),
    remove: prepare("DELETE FROM snapshots WHERE account = ? AND name = ? RETURNING id"),
    add: prepare(
      "INSERT INTO snapshots (account, name, taken, handlers) SELECT ?1, ?2, ?3, count(*) FROM handlers WHERE account = ?1",
    ),
    keep: prepare(
      `INSERT INTO snapshot_handlers (snapshot, id, ${columns}) SELECT ?, id, ${columns} FROM handlers WHERE account = ?`,
    ),
    clear: prepare("DELETE FROM handlers WHERE account = ?"),
    clearCounts: prepare("DELETE FROM counts WHERE account = ?"),
    restore: prepare(
      `INSERT INTO handlers (account, id, ${columns}) SELECT ?, id, ${columns} FROM snapshot_handlers WHERE snapshot = ?`,
    ),
    count: prepare(
      "INSERT INTO counts SELECT account, type, enabled, count(*) FROM handlers WHERE account = ? GROUP BY account, type, enabled",
    ),
  };

  function all(account: number): (Snapshot & { readonly id: number })[] {
    return (statements.all.all([account]) as [number, string, number, number][]).map(
      ([id, name, taken, handlers]) => ({ id, name, taken, handlers }),
    );
  }

  function find(account: number, name: string) {
    return all(account).find((it) => it.name === name);
  }

  return {
    snapshots: (account) => reading("list the snapshots", () => all(account)),
    saveSnapshot: (account, name, taken) =>
      writing("save the snapshot", () => {
        statements.remove.all([account, name]);
        if (all(account).length >= mostSnapshots) return undefined;
        statements.add.run([account, name, taken]);
        const saved = find(account, name);
        statements.keep.run([saved?.id, account]);
        return saved;
      }),
    restoreSnapshot: (account, name) =>
      writing("restore the snapshot", () => {
        const found = find(account, name);
        if (found === undefined) return undefined;
        statements.clear.run([account]);
        statements.clearCounts.run([account]);
        statements.restore.run([account, found.id]);
        statements.count.run([account]);
        return found;
      }),
    removeSnapshot: (account, name) =>
      writing("delete the snapshot", () => (statements.remove.all([account, name]) as Row[]).length > 0),
  };
}
