import { afterEach, beforeEach, expect, test } from "vitest";
import {
  createTogether,
  type HandlerRecord,
  openSqliteStore,
  type Store,
  StoreError,
} from "../../src/sandbox/store/index.ts";
import { plain } from "../chosen.ts";

let store: Store;
let accounts: number[];
beforeEach(() => {
  store = openSqliteStore();
  accounts = ["a", "b"].map((key) => store.addAccount(plain, Buffer.from(key)).id);
});
afterEach(() => store.close());

function record(name: string): HandlerRecord {
  const document = (id: number) => JSON.stringify({ id, name });
  return { type: "email", name, enabled: true, created: 1, changed: null, document };
}

/** A record that no database takes, found out in the midst of its transaction. */
const broken: HandlerRecord = {
  ...record("broken"),
  document: () => {
    throw new Error("no document");
  },
};

/** The store, with a count of its transactions. */
function counted() {
  const transactions: number[] = [];
  const createMany: Store["createMany"] = (account, records) => {
    const all = [...records];
    transactions.push(all.length);
    return store.createMany(account, all);
  };
  return { transactions, create: createTogether({ ...store, createMany }) };
}

const query = { order: { by: "id", descending: false }, offset: 0, limit: 100 } as const;
const listed = (account: number) =>
  (JSON.parse(`[${store.list(account, query).rows}]`) as { id: number; name: string }[]).map(
    ({ id, name }) => `${id} ${name}`,
  );

test("creates of one turn share a transaction, account by account, and each gets its own id", async () => {
  const [a = 0, b = 0] = accounts;
  const { transactions, create } = counted();
  const ids = await Promise.all([
    create(a, record("one")),
    create(b, record("two")),
    create(a, record("three")),
  ]);
  expect(transactions).toEqual([2, 1]);
  expect(new Set(ids).size).toBe(3);
  expect(listed(a)).toEqual([`${ids[0]} one`, `${ids[2]} three`]);
  expect(listed(b)).toEqual([`${ids[1]} two`]);
  expect(store.list(a, query).total).toBe(2);
});

test("one that fails does not hurt the others, and leaves nothing", async () => {
  const [a = 0] = accounts;
  const { create } = counted();
  const results = await Promise.allSettled([
    create(a, record("one")),
    create(a, broken),
    create(a, record("three")),
  ]);
  expect(results.map((it) => it.status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect((results[1] as PromiseRejectedResult).reason).toBeInstanceOf(StoreError);
  expect(listed(a).map((it) => it.split(" ")[1])).toEqual(["one", "three"]);
  expect(store.list(a, query).total).toBe(2);
});

test("many records span blocks of ids, and are all counted", () => {
  const [a = 0] = accounts;
  const ids = store.createMany(
    a,
    Array.from({ length: 3000 }, (_, index) => record(String(index))),
  );
  expect(ids).toEqual(Array.from({ length: 3000 }, (_, index) => index + 1));
  for (const [descending, first] of [
    [false, 2001],
    [true, 1000],
  ] as const) {
    const { rows, total } = store.list(a, { order: { by: "id", descending }, offset: 2000, limit: 1 });
    expect([(JSON.parse(String(rows)) as { id: number }).id, total]).toEqual([first, 3000]);
  }
  expect(store.remove(a, 1500)).toBe(true);
  expect(store.list(a, query).total).toBe(2999);
  expect(store.list(a, { ...query, offset: 10_000 })).toEqual({ rows: Buffer.alloc(0), total: 2999 });
});
