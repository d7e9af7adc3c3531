import fc from "fast-check";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { hashKey } from "../../../src/sandbox/keys.ts";
import {
  type ListQuery,
  mostSnapshots,
  openStore,
  type Store,
  StoreError,
  StorePageError,
} from "../../../src/sandbox/store/index.ts";
import { type PostgresServer, postgresMissing, startPostgres } from "../../postgres.ts";
import { accountOf, byId, listed, record } from "./records.ts";

let server: PostgresServer | undefined;
beforeAll(async () => {
  if (postgresMissing === undefined) server = await startPostgres({ fsync: "off" });
  else console.warn(postgresMissing);
});
afterAll(() => server?.remove());

/** What a store must do, whatever is behind it. */
describe.each<[string, () => Promise<string | undefined>, boolean]>([
  ["SQLite", async () => ":memory:", false],
  ["PostgreSQL", async () => server?.createDatabase(), postgresMissing !== undefined],
])("%s", (_name, database, isMissing) => {
  if (isMissing) {
    test.skip(`${postgresMissing}`, () => {});
    return;
  }
  let store: Store;
  let a: number;
  let b: number;
  beforeAll(async () => {
    store = await openStore(await database());
  });
  afterAll(() => store.close());
  beforeEach(async () => {
    [a, b] = [await accountOf(store, "a"), await accountOf(store, "b")];
  });
  afterEach(async () => {
    for (const account of [a, b]) await store.clear(account);
  });

  describe("handlers", () => {
    test("what was created is read, listed and counted in its own account, and in no other", async () => {
      const id = await store.create(a, record("one"));
      expect(JSON.parse((await store.read(a, id)) ?? "")).toMatchObject({ id, name: "one" });
      expect(await store.read(b, id)).toBeUndefined();
      expect(await listed(store, a)).toEqual([["one"], 1]);
      expect(await listed(store, b)).toEqual([[], 0]);
    });

    test("ids increase over all accounts, and are not given again", async () => {
      const first = await store.create(a, record("one"));
      const second = await store.create(b, record("two"));
      expect(second).toBeGreaterThan(first);
      await store.remove(b, second);
      await store.clear(a);
      expect(await store.create(a, record("three"))).toBeGreaterThan(second);
    });

    test("many are created in the order in which they are given", async () => {
      const names = Array.from({ length: 1203 }, (_, index) => `n${index}`);
      const ids = await store.createMany(
        a,
        names.map((name) => record(name)),
      );
      expect(ids).toEqual(ids.toSorted((one, other) => one - other));
      expect(new Set(ids).size).toBe(names.length);
      expect(await listed(store, a, { limit: 2000 })).toEqual([names, names.length]);
      expect(JSON.parse((await store.read(a, ids[700] ?? 0)) ?? "")).toMatchObject({ name: "n700" });
    });

    test("many are created where there are none, once, however many try at the same time", async () => {
      const some = () => ["x", "y"].map((name) => record(name));
      const made = await Promise.all([1, 2, 3].map(async () => store.createIfEmpty(a, some())));
      expect(made.toSorted()).toEqual([false, false, true]);
      expect(await listed(store, a)).toEqual([["x", "y"], 2]);
    });

    test("what can't be stored leaves nothing, and hurts nothing", async () => {
      const broken = { ...record("broken"), document: () => JSON.parse("{") as string };
      await expect((async () => store.createMany(a, [record("one"), broken]))()).rejects.toThrow(StoreError);
      expect(await listed(store, a)).toEqual([[], 0]);
      await store.create(a, record("two"));
      expect(await listed(store, a)).toEqual([["two"], 1]);
    });

    test("a handler is changed, and counted as what it is now", async () => {
      const id = await store.create(a, record("one"));
      const became = record("two", { type: "slack", enabled: false, changed: 5 });
      expect(await store.update(a, id, () => became)).toBe(true);
      expect((await listed(store, a, { type: "slack", enabled: false }))[1]).toBe(1);
      expect((await listed(store, a, { type: "email" }))[1]).toBe(0);
      expect((await listed(store, a, { enabled: true }))[1]).toBe(0);
      expect(await store.update(a, id, () => record("three", { type: "slack" }))).toBe(true);
      expect((await listed(store, a, { type: "slack", enabled: true }))[1]).toBe(1);
      expect(await listed(store, a)).toEqual([["three"], 1]);
      expect(await store.update(b, id, () => became)).toBe(false);
      expect(await store.update(a, id + 1000, () => became)).toBe(false);
    });

    test("changes at the same time are all made, each to what the one before it left", async () => {
      const id = await store.create(a, record("0"));
      const next = (document: string) =>
        record(String(Number((JSON.parse(document) as { name: string }).name) + 1));
      await Promise.all(Array.from({ length: 20 }, async () => store.update(a, id, next)));
      expect(await listed(store, a)).toEqual([["20"], 1]);
    });

    test("changes of types in opposite directions at the same time are all made and counted", async () => {
      const ids = await store.createMany(
        a,
        Array.from({ length: 20 }, (_, n) => record("x", { type: n % 2 ? "email" : "slack" })),
      );
      const turn = (_: unknown, n: number) => record("x", { type: n % 2 ? "slack" : "email" });
      await Promise.all(ids.map(async (id, n) => store.update(a, id, () => turn(id, n))));
      expect([
        (await listed(store, a, { type: "email" }))[1],
        (await listed(store, a, { type: "slack" }))[1],
      ]).toEqual([10, 10]);
    });

    test("a handler is deleted once", async () => {
      const id = await store.create(a, record("one"));
      expect(await store.remove(b, id)).toBe(false);
      const removed = await Promise.all([store.remove(a, id), store.remove(a, id)]);
      expect(removed.toSorted()).toEqual([false, true]);
      expect(await listed(store, a)).toEqual([[], 0]);
      expect(await store.read(a, id)).toBeUndefined();
    });

    test("an account is emptied alone", async () => {
      await store.createMany(a, [record("one"), record("two", { type: "slack" })]);
      await store.create(b, record("three"));
      await store.clear(a);
      expect(await listed(store, a)).toEqual([[], 0]);
      expect(await listed(store, b)).toEqual([["three"], 1]);
    });
  });

  describe("lists", () => {
    const moments = [
      ["Ärger", { created: 10, changed: 30 }],
      ["beta", { created: 20, type: "slack", enabled: false }],
      ["Beta 100%", { created: 30, changed: 20, type: "slack" }],
      ["straße_1", { created: 40, enabled: false }],
      ["گروه", { created: 50, changed: 50 }],
    ] as const;
    const query: [string, Partial<ListQuery>, string[]][] = [
      ["everything", {}, ["Ärger", "beta", "Beta 100%", "straße_1", "گروه"]],
      ["a type", { type: "slack" }, ["beta", "Beta 100%"]],
      ["a type that nobody has", { type: "nix" }, []],
      ["what is not enabled", { enabled: false }, ["beta", "straße_1"]],
      ["both", { type: "slack", enabled: true }, ["Beta 100%"]],
      ["a search without regard to letter case", { search: "BETA" }, ["beta", "Beta 100%"]],
      ["a search for ss, which finds ß", { search: "ss" }, ["straße_1"]],
      ["a search for a letter with its accent apart", { search: "ä" }, ["Ärger"]],
      ["a search for a percent sign", { search: "%" }, ["Beta 100%"]],
      ["a search for an underline", { search: "_" }, ["straße_1"]],
      ["a search for a backslash", { search: "\\" }, []],
      ["a search for nothing", { search: "" }, ["Ärger", "beta", "Beta 100%", "straße_1", "گروه"]],
      ["a search and a type", { search: "beta", type: "email" }, []],
      [
        "a time, both ends in it",
        { range: { of: "created", from: 20, to: 40 } },
        ["beta", "Beta 100%", "straße_1"],
      ],
      ["a time of changes", { range: { of: "changed", from: 30 } }, ["Ärger", "گروه"]],
      [
        "a text in the settings",
        { equal: [{ at: ["settings", "email"], to: "beta@example.com" }] },
        ["beta"],
      ],
      ["a number in the settings", { equal: [{ at: ["settings", "level"], to: "3" }], search: "gr" }, []],
      ["a place that is not there", { equal: [{ at: ["settings", "a\"b'c"], to: "3" }] }, []],
      [
        "the last first",
        { order: { by: "id", descending: true } },
        ["گروه", "straße_1", "Beta 100%", "beta", "Ärger"],
      ],
      [
        "by name",
        { order: { by: "name", descending: false } },
        ["beta", "Beta 100%", "straße_1", "Ärger", "گروه"],
      ],
      [
        "by change, the unchanged first, in the order of their ids",
        { order: { by: "changed", descending: false } },
        ["beta", "straße_1", "Beta 100%", "Ärger", "گروه"],
      ],
      [
        "by change, the last first",
        { order: { by: "changed", descending: true } },
        ["گروه", "Ärger", "Beta 100%", "straße_1", "beta"],
      ],
      [
        "by creation, the last first",
        { order: { by: "created", descending: true }, limit: 2 },
        ["گروه", "straße_1"],
      ],
      ["a page in the midst", { offset: 1, limit: 2 }, ["beta", "Beta 100%"]],
      ["a page past the end", { offset: 100 }, []],
    ];
    test.each(query)("%s", async (_what, asked, names) => {
      await store.createMany(
        a,
        moments.map(([name, more]) => record(name, more)),
      );
      const [found, total] = await listed(store, a, asked);
      expect(found).toEqual(names);
      const { offset: _offset, limit: _limit, ...filters } = asked;
      expect(total).toBe((await listed(store, a, filters))[0].length);
    });

    test("documents come byte for byte", async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.string({ unit: "grapheme", maxLength: 30 }).filter((it) => !it.includes("\0")),
          async (name) => {
            await store.clear(a);
            const id = await store.create(a, record(name));
            const document = record(name).document(id);
            expect(await store.read(a, id)).toBe(document);
            expect(String((await store.list(a, byId)).rows)).toBe(document);
            const [found] = await listed(store, a, { search: name.toUpperCase() });
            expect(found).toEqual([name]);
          },
        ),
        { numRuns: 40 },
      );
    });

    test("a page of more than 32 MiB is refused; a smaller one is not", async () => {
      const large = {
        ...record("large"),
        document: (id: number) => JSON.stringify({ id, name: "x".repeat(700_000) }),
      };
      for (let each = 0; each < 51; each += 1) await store.create(a, large);
      await expect((async () => store.list(a, { ...byId, limit: 100 }))()).rejects.toThrow(StorePageError);
      expect((await store.list(a, { ...byId, limit: 10 })).total).toBe(51);
    });
  });

  describe("keys", () => {
    test("a key is good from when it is added until it is taken away, and its handlers come back with it", async () => {
      const hash = hashKey("c");
      expect(await store.account("instance.example", hash)).toBeUndefined();
      const [id = 0] = await store.addKeys([{ name: "CI", hash, added: 7 }]);
      const account = (await store.account("instance.example", hash)) as number;
      expect(await store.account("instance.example", hash)).toBe(account);
      expect(await store.account("other.example", hash)).not.toBe(account);
      await store.create(account, record("kept"));
      expect(await store.keys()).toContainEqual({ id, name: "CI", hash, added: 7 });
      expect(await store.removeKey(id)).toBe(true);
      expect(await store.removeKey(id)).toBe(false);
      expect(await store.account("instance.example", hash)).toBeUndefined();
      expect((await store.keys()).map((it) => it.name)).not.toContain("CI");
      const [again] = await store.addKeys([{ name: "CI", hash, added: 8 }]);
      expect(again).toBeGreaterThan(id);
      expect(await store.account("instance.example", hash)).toBe(account);
      expect(await listed(store, account)).toEqual([["kept"], 1]);
    });

    test("a key that is there is not added again, and keeps its name", async () => {
      const hash = hashKey("d");
      const first = await store.addKeys([{ name: "first", hash, added: 1 }]);
      expect(await store.addKeys([{ name: "other", hash, added: 2 }])).toEqual(first);
      expect((await store.keys()).filter((it) => it.hash.equals(hash)).map((it) => it.name)).toEqual([
        "first",
      ]);
    });

    test("an account is made once, however many ask for it", async () => {
      await store.addKeys([{ name: "", hash: hashKey("e"), added: 1 }]);
      const accounts = await Promise.all(
        Array.from({ length: 8 }, async () => store.account("many.example", hashKey("e"))),
      );
      expect(new Set(accounts).size).toBe(1);
      expect((await store.accounts("many.example")).map((it) => it.id)).toEqual([accounts[0]]);
    });
  });

  test("requests are counted by account and minute", async () => {
    const counts: number[] = [];
    for (const [account, minute] of [
      [a, 1],
      [a, 1],
      [b, 1],
      [a, 2],
      [a, 2],
    ] as const)
      counts.push(await store.countRequest(account, minute));
    expect(counts).toEqual([1, 2, 1, 1, 2]);
  });

  test("it says that it is there", async () => {
    await expect((async () => store.ping())()).resolves.toBeUndefined();
  });

  describe("snapshots", () => {
    const clearSnapshots = async () => {
      for (const account of [a, b])
        for (const { name } of await store.snapshots(account)) await store.removeSnapshot(account, name);
    };
    afterEach(clearSnapshots);

    test("what was there is there again, with its ids and counts, and nothing else", async () => {
      const [one = 0, two = 0] = await store.createMany(a, [
        record("one"),
        record("two", { enabled: false }),
      ]);
      const own = await store.create(b, record("other's"));
      expect(await store.saveSnapshot(a, "first", 1234)).toMatchObject({
        name: "first",
        taken: 1234,
        handlers: 2,
      });
      await store.update(a, one, () => record("changed", { type: "slack", enabled: false }));
      await store.remove(a, two);
      await store.create(a, record("later"));
      expect(await store.restoreSnapshot(a, "first")).toMatchObject({ name: "first", handlers: 2 });
      expect(await listed(store, a)).toEqual([["one", "two"], 2]);
      expect(JSON.parse((await store.read(a, two)) ?? "")).toMatchObject({ id: two, name: "two" });
      expect(await listed(store, a, { enabled: false })).toEqual([["two"], 1]);
      expect(await listed(store, a, { type: "slack" })).toEqual([[], 0]);
      expect(await store.read(b, own)).toBeDefined();
      expect(await store.create(a, record("next"))).toBeGreaterThan(own);
    });

    test("one takes the place of another of its name, and stays when it is restored", async () => {
      await store.create(a, record("one"));
      await store.saveSnapshot(a, "x", 1);
      await store.create(a, record("two"));
      await store.saveSnapshot(a, "x", 2);
      await store.clear(a);
      for (let times = 0; times < 2; times += 1) {
        await store.restoreSnapshot(a, "x");
        expect(await listed(store, a)).toEqual([["one", "two"], 2]);
      }
      expect(await store.snapshots(a)).toMatchObject([{ name: "x", taken: 2, handlers: 2 }]);
    });

    test("they are listed by name, in their own account alone, and deleted", async () => {
      for (const name of ["b", "a", "Ä", "یک"]) await store.saveSnapshot(a, name, 1);
      await store.saveSnapshot(b, "a", 1);
      expect((await store.snapshots(a)).map(({ name }) => name)).toEqual(["a", "b", "Ä", "یک"]);
      expect(await store.restoreSnapshot(b, "b")).toBeUndefined();
      expect([await store.removeSnapshot(b, "b"), await store.removeSnapshot(a, "b")]).toEqual([false, true]);
      expect((await store.snapshots(a)).map(({ name }) => name)).toEqual(["a", "Ä", "یک"]);
    });

    test("there are so many of an account at most, of which each can be replaced", async () => {
      for (let n = 0; n < mostSnapshots; n += 1) await store.saveSnapshot(a, `n${n}`, 1);
      expect(await store.saveSnapshot(a, "one more", 1)).toBeUndefined();
      expect(await store.saveSnapshot(a, "n7", 2)).toMatchObject({ taken: 2 });
      expect(await store.saveSnapshot(b, "one", 1)).toBeDefined();
    });

    test("whoever writes meanwhile spoils no count", async () => {
      await store.createMany(a, [record("one"), record("two", { enabled: false })]);
      await store.saveSnapshot(a, "x", 1);
      const writes = Array.from({ length: 20 }, async (_, n) => {
        if (n % 4 === 0) await store.restoreSnapshot(a, "x");
        else await store.create(a, record(`n${n}`, { enabled: n % 2 === 0 }));
      });
      await Promise.all(writes);
      for (const enabled of [true, false]) {
        const [names, total] = await listed(store, a, { enabled });
        expect(total).toBe(names.length);
      }
    });
  });

  test("all that it has goes into another store, as it was at one moment, and ids go on", async () => {
    const ids = await store.createMany(
      a,
      Array.from({ length: 1100 }, (_, n) => record(`n${n}`, { enabled: n % 3 > 0 })),
    );
    await store.saveSnapshot(a, "all", 5);
    await store.saveSnapshot(b, "none", 6);
    const gone = await store.create(b, record("gone"));
    await store.remove(b, gone);
    const other = await openStore(await database());
    await store.export(async (content) => {
      await other.import(content);
    });
    const account = await accountOf(other, "a");
    const all = { ...byId, limit: 2000 };
    expect(String((await other.list(account, all)).rows)).toBe(String((await store.list(a, all)).rows));
    expect((await listed(other, account, { enabled: false }))[1]).toBe(367);
    expect(await other.read(account, ids[5] ?? 0)).toBe(await store.read(a, ids[5] ?? 0));
    expect((await other.keys()).map(({ name, hash, added }) => ({ name, hash, added }))).toEqual(
      (await store.keys()).map(({ name, hash, added }) => ({ name, hash, added })),
    );
    expect(await other.create(account, record("next"))).toBe(gone + 1);
    await expect(store.export((content) => other.import(content))).rejects.toThrow(/has keys already/);
    expect((await listed(other, account, all))[1]).toBe(1101);
    expect(await other.snapshots(account)).toMatchObject([{ name: "all", taken: 5, handlers: 1100 }]);
    await other.restoreSnapshot(account, "all");
    expect(String((await other.list(account, all)).rows)).toBe(String((await store.list(a, all)).rows));
    await other.close();
  });
});
