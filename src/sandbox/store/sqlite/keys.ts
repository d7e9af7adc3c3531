import { type Key, type Store, StoreError } from "../store.ts";
import type { Connection, Row } from "./connection.ts";
import { openTimeoutMilliseconds } from "./file.ts";

/** The store's operations on keys and their accounts. */
export function keyMethods({
  prepare,
  reading,
  writing,
}: Connection): Pick<Store, "keys" | "addKeys" | "removeKey" | "account" | "accounts"> {
  const statements = {
    keys: prepare("SELECT id, name, hash, added FROM keys ORDER BY id"),
    idOfKey: prepare("SELECT id FROM keys WHERE hash = ?"),
    addKey: prepare("INSERT INTO keys (name, hash, added) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"),
    removeKey: prepare("DELETE FROM keys WHERE id = ?"),
    account: prepare(
      "SELECT accounts.id FROM keys LEFT JOIN accounts ON key_hash = hash AND instance = ? WHERE hash = ?",
    ),
    accounts: prepare("SELECT id, key_hash FROM accounts WHERE instance = ? ORDER BY id"),
    addAccount: prepare(
      "INSERT INTO accounts (instance, key_hash) SELECT ?, hash FROM keys WHERE hash = ? ON CONFLICT DO NOTHING",
    ),
  };

  const idsOf = (keys: readonly Omit<Key, "id">[]) =>
    keys.map(({ hash }) => (statements.idOfKey.all([hash]) as Row[])[0]?.[0] as number | undefined);

  function add(keys: readonly Omit<Key, "id">[]): number[] {
    try {
      for (const { name, hash, added } of keys) statements.addKey.run([name, hash, added]);
    } catch (error) {
      if (!String((error as { code?: unknown }).code).startsWith("SQLITE_READONLY")) throw error;
      throw new StoreError(
        "The database is read-only and knows no such API key: start with a key that it was written with, or make the file writable.",
        { cause: error },
      );
    }
    return idsOf(keys) as number[];
  }

  return {
    keys: () =>
      reading("list the keys", () =>
        (statements.keys.all([]) as [number, string, Buffer, number][]).map(([id, name, hash, added]) => ({
          id,
          name,
          hash,
          added,
        })),
      ),
    addKeys: (keys) => {
      // A file that can't be written may be read with the keys that it knows.
      const known = reading("look for the keys", () => idsOf(keys));
      if (known.every((id) => id !== undefined)) return known;
      return writing("add the keys", () => add(keys), openTimeoutMilliseconds);
    },
    removeKey: (id) => writing("remove the key", () => statements.removeKey.run([id]).changes > 0),
    account: (instance, keyHash) => {
      const found = () => (statements.account.all([instance, keyHash]) as Row[])[0];
      const row = reading("look for the key", found);
      if (row === undefined) return undefined;
      if (row[0] !== null) return Number(row[0]);
      return writing("add the account of the key", () => {
        statements.addAccount.run([instance, keyHash]);
        const [id] = found() ?? [];
        return id === undefined || id === null ? undefined : Number(id);
      });
    },
    accounts: (instance) =>
      reading("list accounts", () =>
        (statements.accounts.all([instance]) as [number, Buffer][]).map(([id, keyHash]) => ({
          id: Number(id),
          keyHash,
        })),
      ),
  };
}
