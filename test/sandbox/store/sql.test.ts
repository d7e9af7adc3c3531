import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const store = new URL("../../../src/sandbox/store/", import.meta.url);
const sql = [store, new URL("postgres/", store)]
  .flatMap((folder) => readdirSync(folder).map((file) => new URL(file, folder)))
  .filter((file) => file.href.endsWith(".ts"))
  .map((file) => readFileSync(file, "utf8"))
  .join("\n")
  .replace(/^\s*(?:\/\/|\*|\/\*).*$/gm, "");
const page = readFileSync(new URL("../../../docs/scale.md", import.meta.url), "utf8");
const table = page.split("\n").filter((line) => line.startsWith("| "));

test.each([
  "pg_advisory_xact_lock",
  "pg_tables",
  "current_schema()",
  "ON CONFLICT",
  "nextval",
  "setval",
  "FOR NO KEY UPDATE",
  "LOCK TABLE",
  "REPEATABLE READ",
  "COLLATE",
  "string_agg",
  "unnest",
  "octet_length",
  "jsonb",
])("docs/scale.md names %s, which the SQL uses", (feature) => {
  expect(sql.includes(feature)).toBe(true);
  expect(table.some((row) => row.includes(feature))).toBe(true);
});

test.each(["SKIP LOCKED", "LISTEN", "TRIGGER", "EXTENSION", "tsvector"])("the SQL uses no %s", (feature) => {
  expect(sql.includes(feature)).toBe(false);
});
