import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "libsql";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { addKey, backUp, listKeys, restore, revokeKey, startSandbox } from "../../../src/sandbox/index.ts";
import { hashKey } from "../../../src/sandbox/keys.ts";
import { openSqliteStore } from "../../../src/sandbox/store/index.ts";
import { migrations } from "../../../src/sandbox/store/sqlite/migrations.ts";
import { start } from "../../cli/command.ts";
import { plain } from "../../instances.ts";
import { client } from "../harness.ts";
import { accountOf, listed, record } from "./records.ts";

let folder: string;
let db: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "administer-"));
  db = join(folder, "handlers.db");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("keys of a file that is served", () => {
  test("one that another process adds is good at once, and refused within a second once it is revoked", async () => {
    const served = await startSandbox({ instance: plain, apiKey: "first", db });
    const status = async (apiKey: string) => (await client(plain, { ...served, apiKey }).list()).status;
    expect(await status("second")).toBe(401);
    const { id, key } = await addKey(db, { name: "second", key: "second" });
    expect([key, await status("second")]).toEqual(["second", 200]);
    expect(await revokeKey(db, id)).toBe(true);
    await expect.poll(() => status("second")).toBe(401);
    expect(await status("first")).toBe(200);
    await served.close();
  });

  test("their hashes are kept, and nothing of them", async () => {
    const { key } = await addKey(db, { name: "CI" });
    expect(key).toMatch(/^[0-9a-f]{64}$/);
    const [known] = await listKeys(db);
    expect(known).toMatchObject({ name: "CI", hash: hashKey(key) });
    for (const file of readdirSync(folder))
      expect(readFileSync(join(folder, file), "latin1")).not.toContain(key);
  });

  test("a key that no header can carry is refused, and so is a file that is not there", async () => {
    await expect(addKey(db, { name: "", key: "ä" })).rejects.toThrow(/printable ASCII/);
    for (const action of [listKeys(db), revokeKey(db, 1), backUp(db, join(folder, "b.db"))])
      await expect(action).rejects.toThrow(`There is no file ${db}.`);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe("backups", () => {
  test("a backup of a file that is written meanwhile is one moment of it, served as it is, and restored", async () => {
    const served = await startSandbox({ instance: plain, apiKey: "k", db });
    const sandbox = client(plain, served);
    let writes = 0;
    const writer = (async () => {
      while (writes < 200) writes = await sandbox.create({ name: `n${writes + 1}`, type: "email" });
    })();
    while (writes < 20) await sandbox.list();
    const backup = join(folder, "backup.db");
    const { keys, handlers } = await backUp(db, backup);
    await writer;
    await served.close();
    expect([keys, handlers >= 20]).toEqual([1, true]);
    expect(statSync(backup).mode & 0o777).toBe(0o600);
    const before = readFileSync(backup);
    const copy = join(folder, "copy.db");
    expect(await restore(backup, copy)).toEqual({ keys, handlers });
    expect(readFileSync(backup).equals(before)).toBe(true);
    for (const file of [backup, copy]) {
      const again = client(plain, await startSandbox({ instance: plain, apiKey: "k", db: file }));
      const { data, meta } = await again.list("?results_per_page=1000");
      expect(meta.total).toBe(handlers);
      expect(data.map((it) => it.name)).toEqual(Array.from({ length: handlers }, (_, n) => `n${n + 1}`));
      expect(await again.create({ name: "next", type: "email" })).toBe(handlers + 1);
      await again.close();
    }
  });

  test("what is exported is of one moment, whatever others write meanwhile", async () => {
    const [one, two] = [openSqliteStore(db), openSqliteStore(db)];
    const account = await accountOf(one, "k");
    await one.create(account, record("before"));
    const names: unknown[] = [];
    await one.export(async ({ handlers }) => {
      await two.create(account, record("meanwhile"));
      for await (const some of handlers) names.push(...some.map(({ document }) => JSON.parse(document).name));
    });
    expect(names).toEqual(["before"]);
    await one.close();
    await two.close();
  });

  test("what is there is never overwritten, and what failed leaves nothing", async () => {
    await addKey(db, { name: "" });
    const backup = join(folder, "backup.db");
    await backUp(db, backup);
    await expect(backUp(db, backup)).rejects.toThrow(/already exists/);
    await expect(restore(backup, db)).rejects.toThrow(/has keys already/);
    await expect(restore(join(folder, "nix"), db)).rejects.toThrow(/There is no file/);
    const text = join(folder, "text");
    writeFileSync(text, "no database");
    const copy = join(folder, "copy.db");
    await expect(restore(text, copy)).rejects.toThrow(`${text} is not a sandbox database`);
    await expect(backUp(db, join(folder, "nix", "b.db"))).rejects.toThrow(/Nothing can be written into/);
    expect(existsSync(copy)).toBe(false);
    expect(readdirSync(folder).filter((it) => !/^handlers\.db|^backup\.db$|^text$/.test(it))).toEqual([]);
  });
});

test("a file of the first version is brought up to date, with its keys, handlers and counts", async () => {
  const old = new Database(db);
  old.exec(
    `PRAGMA application_id = ${0x4e485342}; ${migrations[0]}; PRAGMA user_version = 1; PRAGMA journal_mode = WAL`,
  );
  const hash = hashKey("old-key");
  old.prepare("INSERT INTO accounts VALUES (1, ?, ?), (2, 'other.example', ?)").run(plain, hash, hash);
  const add = old.prepare("INSERT INTO handlers VALUES (1, ?, ?, ?, ?, 1, NULL, ?)");
  for (const [id, type, enabled] of [
    [1, "email", 1],
    [2, "slack", 0],
    [4, "email", 1],
  ] as const)
    add.run(id, type, `N${id}`, enabled, record(`n${id}`).document(id));
  old.exec(
    "UPDATE sequence SET last = 7; INSERT INTO buckets VALUES (1, 0, 3); DELETE FROM handlers WHERE id = 4",
  );
  old.close();
  const store = openSqliteStore(db);
  expect(await listed(store, 1)).toEqual([["n1", "n2"], 2]);
  expect((await listed(store, 1, { type: "slack", enabled: false }))[1]).toBe(1);
  expect([store.account(plain, hash), store.account("other.example", hash)]).toEqual([1, 2]);
  expect(await store.keys()).toHaveLength(1);
  expect(await store.create(1, record("next"))).toBe(8);
  await store.close();
});

describe("the command", { timeout: 120_000 }, () => {
  const run = async (...args: string[]) => {
    const running = start("src/cli/sandbox.ts", ...args);
    return [await running.ended, running.stdout(), running.stderr()] as const;
  };

  test("adds, lists and revokes keys", async () => {
    const [code, key] = await run("keys", "add", "--name", "CI", "--db", db);
    expect([code, key]).toEqual([0, expect.stringMatching(/^[0-9a-f]{64}\n$/)]);
    const [, list] = await run("keys", "list", "--db", db);
    expect(list).toMatch(/^id {2}added {17}name\n1 {3}\d{4}-\d\d-\d\dT[\d:]{8}Z {2}CI\n$/);
    expect(await run("keys", "revoke", "1", "--db", db)).toEqual([0, "Key 1 is revoked.\n", ""]);
    expect(await run("keys", "list", "--json", "--db", db)).toEqual([0, "[]\n", ""]);
  });

  test.each([
    [["keys", "list"], /^Name a database with --db or --db-url-file.*\n$/],
    [["keys", "revoke", "x", "--db", ":memory:"], /There is no (key x|file)/],
    [["keys", "list", "--db", "postgres://u:se/cret@h/db"], /^The database URL can't be read[^\n]*\n$/],
    [["k.aws.bj", "--db-url-file", "/no/such/file"], /^\/no\/such\/file of --db-url-file can't be read/],
  ])("%j is refused in one line, with 2", async (args, message) => {
    const [code, stdout, stderr] = await run(...args);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain("cret");
  });
});
