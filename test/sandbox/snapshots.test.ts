import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Workbench, workbench } from "../../src/devkit/index.ts";
import { backUp, restore, startSandbox } from "../../src/sandbox/index.ts";
import { plain } from "../instances.ts";
import { type Harness, harness } from "./harness.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "snapshots-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const names = async (sandbox: Harness) => (await sandbox.list()).data.map(({ name }) => name);

describe("over HTTP", () => {
  let sandbox: Harness;
  let bench: Workbench;
  beforeAll(async () => {
    sandbox = await harness({ instance: plain });
    bench = workbench(sandbox);
  });
  afterAll(() => sandbox.close());

  test("a test puts back what was there when it began", async () => {
    const id = await sandbox.create({ name: "Ops", type: "email", email: "a@example.com" });
    expect(await bench.snapshot.save("after the login, 1. Änderung")).toMatchObject({ handlers: 1 });
    await sandbox.update(id, { name: "Changed" });
    await bench.seed({ count: 3 });
    expect(await names(sandbox)).toHaveLength(4);
    await bench.snapshot.restore("after the login, 1. Änderung");
    expect(await names(sandbox)).toEqual(["Ops"]);
    expect((await sandbox.read(id)).data.name).toBe("Ops");
    await bench.reset();
    expect(await names(sandbox)).toEqual([]);
    expect(await bench.snapshot.list()).toMatchObject([{ name: "after the login, 1. Änderung" }]);
    await bench.snapshot.delete("after the login, 1. Änderung");
    expect(await bench.snapshot.list()).toEqual([]);
  });

  test("the same seed makes the same handlers", async () => {
    const made: string[][] = [];
    for (const value of [7, 7, 8]) {
      await bench.reset();
      await bench.seed({ count: 20, value });
      made.push(await names(sandbox));
    }
    expect(made[0]).toEqual(made[1]);
    expect(made[0]).not.toEqual(made[2]);
  });

  test.each<[string, () => Promise<unknown>, number, RegExp]>([
    [
      "a snapshot that is not there",
      () => bench.snapshot.restore("nix"),
      404,
      /^There is no snapshot "nix" of this key: there (are none|is |are ).*\.$/,
    ],
    ["to delete it", () => bench.snapshot.delete("nix"), 404, /^There is no snapshot "nix"/],
    [
      "a name with a slash",
      () => bench.snapshot.save("a/b"),
      400,
      /^name must have 1 to 100 visible characters/,
    ],
    [
      "a name that turns the direction of text",
      () => bench.snapshot.save("a\u202eb"),
      400,
      /^name must have/,
    ],
    ["a long name", () => bench.snapshot.save("x".repeat(101)), 400, /^name must have/],
    ["no handlers", () => bench.seed({ count: 0 }), 400, /^count must be >= 1/],
    ["too many", () => bench.seed({ count: 10_001 }), 400, /^count must be <= 10000/],
  ])("%s is refused", async (_, action, status, message) => {
    await expect(action()).rejects.toMatchObject({ status, message: expect.stringMatching(message) });
  });
});

describe("of a file", () => {
  const apiKey = "k";

  test("a sandbox begins with one, as often as it starts, and a backup has them", async () => {
    const db = join(folder, "one.db");
    const first = await harness({ instance: plain, apiKey, db, seed: 2 });
    const seeded = await names(first);
    await workbench(first).snapshot.save("begin");
    await workbench(first).reset();
    await workbench(first).snapshot.save("empty");
    await first.create({ name: "later", type: "email" });
    await first.close();
    const backup = join(folder, "backup.db");
    await backUp(db, backup);
    await restore(backup, join(folder, "two.db"));
    for (const file of [db, join(folder, "two.db")]) {
      const again = await harness({ instance: plain, apiKey, db: file, snapshot: "begin" });
      expect(await names(again)).toEqual(seeded);
      await again.close();
      // What is empty is meant to be.
      const empty = await harness({ instance: plain, apiKey, db: file, snapshot: "empty", seed: 5 });
      expect(await names(empty)).toEqual([]);
      await empty.close();
    }
  });

  test.each<[string, object]>([
    ["one that no key has", { db: "one.db", apiKey: "another" }],
    ["one of a name that is not there", { db: "one.db", apiKey }],
    ["one without a database", {}],
  ])("a sandbox does not start with %s", async (_, { db, ...options }: { db?: string }) => {
    const file = db === undefined ? {} : { db: join(folder, db) };
    const started = startSandbox({ instance: plain, ...options, ...file, snapshot: "begn" });
    await expect(started).rejects.toThrow(/^There is no snapshot "begn" of these API keys in the database: /);
  });
});
