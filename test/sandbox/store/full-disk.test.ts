import Database from "libsql";
import { expect, test } from "vitest";
import { openSqliteStore, StoreError } from "../../../src/sandbox/store/index.ts";
import { connect } from "../../../src/sandbox/store/sqlite/connection.ts";
import { contentMethods } from "../../../src/sandbox/store/sqlite/content.ts";
import { migrations } from "../../../src/sandbox/store/sqlite/migrations.ts";
import { accountOf, record } from "./records.ts";

test("an import that fills the disk says so, and leaves nothing", async () => {
  const database = new Database(":memory:");
  for (const migration of migrations) database.exec(migration);
  const connection = connect(database);
  connection.prepare("PRAGMA max_page_count = 40").all([]);
  const from = openSqliteStore();
  const long = { ...record("n"), document: () => JSON.stringify("x".repeat(1_000)) };
  await from.createMany(
    await accountOf(from, "k"),
    Array.from({ length: 500 }, () => long),
  );
  const copied = from.export((content) => contentMethods(connection).import(content));
  await expect(copied).rejects.toThrow(/^The database could not import the content: .*full\.$/);
  await expect(copied).rejects.toThrow(StoreError);
  expect(connection.prepare("SELECT count(*) FROM handlers").all([])).toEqual([[0]]);
  connection.close();
  await from.close();
});
