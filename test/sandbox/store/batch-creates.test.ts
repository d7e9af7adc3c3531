import { afterEach, beforeEach, expect, test } from "vitest";
import {
  batchCreates,
  type HandlerRecord,
  openSqliteStore,
  type Store,
  StoreAwayError,
  StoreError,
} from "../../../src/sandbox/store/index.ts";
import { accountOf, listed, record } from "./records.ts";

let store: Store;
let a: number;
let b: number;
beforeEach(async () => {
  store = openSqliteStore();
  [a, b] = [await accountOf(store, "a"), await accountOf(store, "b")];
});
afterEach(() => store.close());

/** A record that no database takes, found out in the midst of its transaction. */
const broken: HandlerRecord = {
  ...record("broken"),
  document: () => {
    throw new Error("no document");
  },
};

/** The store, with a count of its transactions. `delay`: whether it answers later, as a server does. */
function counted(delay = false) {
  const transactions: number[] = [];
  const createMany = (account: number, records: Iterable<HandlerRecord>) => {
    const all = [...records];
    transactions.push(all.length);
    const stored = () => store.createMany(account, all) as number[];
    return delay ? new Promise<number[]>((resolve) => setImmediate(() => resolve(stored()))) : stored();
  };
  return { transactions, create: batchCreates({ ...store, createMany }) };
}

test("creates of one turn share a transaction, account by account, and each gets its own id", async () => {
  const { transactions, create } = counted();
  const ids = await Promise.all([
    create(a, record("one")),
    create(b, record("two")),
    create(a, record("three")),
  ]);
  expect(transactions).toEqual([2, 1]);
  expect(new Set(ids).size).toBe(3);
  expect(await listed(store, a)).toEqual([["one", "three"], 2]);
  expect(await listed(store, b)).toEqual([["two"], 1]);
});

test("creates that come while others are on their way share the next transaction", async () => {
  const { transactions, create } = counted(true);
  const first = create(a, record("one"));
  while (transactions.length === 0) await new Promise((resolve) => setImmediate(resolve));
  await Promise.all([first, create(a, record("two")), create(a, record("three")), create(b, record("four"))]);
  expect(transactions.toSorted()).toEqual([1, 1, 2]);
  expect(await listed(store, a)).toEqual([["one", "two", "three"], 3]);
});

test("one that fails does not hurt the others, and leaves nothing", async () => {
  const { create } = counted();
  const results = await Promise.allSettled([
    create(a, record("one")),
    create(a, broken),
    create(a, record("three")),
  ]);
  expect(results.map((it) => it.status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect((results[1] as PromiseRejectedResult).reason).toBeInstanceOf(StoreError);
  expect(await listed(store, a)).toEqual([["one", "three"], 2]);
});

test("what may be stored already is not sent again", async () => {
  let calls = 0;
  const createMany = async () => {
    calls += 1;
    throw new StoreAwayError("The connection broke.");
  };
  const create = batchCreates({ ...store, createMany });
  const results = await Promise.allSettled([create(a, record("one")), create(a, record("two"))]);
  expect(results.map((it) => it.status)).toEqual(["rejected", "rejected"]);
  expect(calls).toBe(1);
});
