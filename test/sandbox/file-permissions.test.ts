import { chmodSync, existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { StoreError } from "../../src/sandbox/index.ts";
import { plain } from "../instances.ts";
import { harness } from "./harness.ts";

const folder = mkdtempSync(join(tmpdir(), "private-"));
afterAll(() => rmSync(folder, { recursive: true }));
let file = "";
let number = 0;
beforeEach(() => {
  number += 1;
  file = join(folder, `${number}.db`);
});

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);
const form = { name: "x", type: "email", email: "a@example.com" };

test.each([
  ["is not there", undefined, "600"],
  ["is empty", 0o644, "600"],
  ["is everyone's", 0o666, "600"],
  ["is its owner's", 0o600, "600"],
])("a database that %s is its owner's alone, and so is what is beside it", async (_, mode, expected) => {
  if (mode !== undefined) {
    writeFileSync(file, "");
    chmodSync(file, mode);
  }
  const sandbox = await harness({ instance: plain, db: file });
  await sandbox.create(form);
  const files = [file, `${file}-wal`, `${file}-shm`].filter(existsSync);
  expect(files.length).toBeGreaterThan(1);
  expect(files.map(modeOf)).toEqual(files.map(() => expected));
  await sandbox.close();
});

test("a database that was written by all is made private when it is opened again", async () => {
  await (await harness({ instance: plain, db: file })).close();
  chmodSync(file, 0o644);
  const sandbox = await harness({ instance: plain, db: file });
  await sandbox.create(form);
  expect([file, `${file}-wal`, `${file}-shm`].filter(existsSync).map(modeOf)).toEqual(["600", "600", "600"]);
  await sandbox.close();
});

test("a file that may only be read stays so", async () => {
  const sandbox = await harness({ instance: plain, db: file, apiKey: "k" });
  await sandbox.close();
  chmodSync(file, 0o444);
  await (await harness({ instance: plain, db: file, apiKey: "k" })).close();
  expect(modeOf(file)).toBe("400");
});

test("a file of another program is left as it is", async () => {
  writeFileSync(file, "another program's");
  chmodSync(file, 0o644);
  await expect(harness({ instance: plain, db: file })).rejects.toThrow(StoreError);
  expect(modeOf(file)).toBe("644");
});
