import { hashKey } from "../../../src/sandbox/keys.ts";
import type { HandlerRecord, ListQuery, ListResult, Store } from "../../../src/sandbox/store/index.ts";

/** A handler whose document has the properties that lists show. */
export function record(
  name: string,
  more: Partial<Omit<HandlerRecord, "document" | "name">> = {},
): HandlerRecord {
  const it = { type: "email", enabled: true, created: 1, changed: null, ...more };
  return {
    ...it,
    name,
    document: (id) => JSON.stringify({ id, name, settings: { email: `${name}@example.com`, level: 3 } }),
  };
}

/** The account of a key, which is added if it is new. */
export async function accountOf(store: Store, key: string, instance = "instance.example"): Promise<number> {
  await store.addKeys([{ name: key, hash: hashKey(key), added: 1 }]);
  const account = await store.account(instance, hashKey(key));
  if (account === undefined) throw new Error("the key was not added");
  return account;
}

export const byId: Pick<ListQuery, "order" | "offset" | "limit"> = {
  order: { by: "id", descending: false },
  offset: 0,
  limit: 1000,
};

/** The names on a page, and the number of handlers on all pages. */
export async function listed(
  store: Store,
  account: number,
  query: Partial<ListQuery> = {},
): Promise<[string[], number]> {
  const { rows, total }: ListResult = await store.list(account, { ...byId, ...query });
  return [(JSON.parse(`[${rows}]`) as { name: string }[]).map((it) => it.name), total];
}
