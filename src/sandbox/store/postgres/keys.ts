import type { Key, Store } from "../store.ts";
import type { Connections } from "./connection.ts";

const statements = {
  keys: "SELECT id, name, hash, added FROM keys ORDER BY id",
  idOfKey: "SELECT id FROM keys WHERE hash = $1",
  addKey:
    "INSERT INTO keys (name, hash, added) VALUES ($1, $2, $3) ON CONFLICT (hash) DO NOTHING RETURNING id",
  removeKey: "DELETE FROM keys WHERE id = $1 RETURNING id",
  account: `SELECT accounts.id AS account FROM keys LEFT JOIN accounts ON key_hash = hash AND instance = $1
    WHERE hash = $2`,
  accounts: `SELECT id, key_hash AS "keyHash" FROM accounts WHERE instance = $1 ORDER BY id`,
  addAccount: `INSERT INTO accounts (instance, key_hash) SELECT $1, hash FROM keys WHERE hash = $2
    ON CONFLICT (instance, key_hash) DO NOTHING`,
};

/** The store's operations on keys and their accounts. */
export function keyMethods({
  ask,
}: Connections): Pick<Store, "keys" | "addKeys" | "removeKey" | "account" | "accounts"> {
  async function addKey({ name, hash, added }: Omit<Key, "id">): Promise<number> {
    const [known] = await ask("look for the key", statements.idOfKey, [hash]);
    if (known !== undefined) return known.id as number;
    await ask("add the key", statements.addKey, [name, hash, added]);
    const [row] = await ask("look for the key", statements.idOfKey, [hash]);
    return row?.id as number;
  }

  return {
    keys: async () => (await ask("list the keys", statements.keys)) as unknown as Key[],
    addKeys: async (keys) => {
      const ids: number[] = [];
      for (const key of keys) ids.push(await addKey(key));
      return ids;
    },
    removeKey: async (id) => (await ask("remove the key", statements.removeKey, [id])).length > 0,
    account: async (instance, keyHash) => {
      const find = async () => (await ask("look for the key", statements.account, [instance, keyHash]))[0];
      const found = await find();
      if (found === undefined) return undefined;
      if (found.account !== null) return found.account as number;
      await ask("add the account of the key", statements.addAccount, [instance, keyHash]);
      return ((await find())?.account ?? undefined) as number | undefined;
    },
    accounts: async (instance) =>
      (await ask("list accounts", statements.accounts, [instance])) as unknown as {
        id: number;
        keyHash: Buffer;
      }[],
  };
}
