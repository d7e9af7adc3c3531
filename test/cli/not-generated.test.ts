import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
let copy: string;

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), "not-generated-"));
  for (const name of ["src", "package.json", "tsconfig.json"])
    cpSync(join(root, name), join(copy, name), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

test.each([
  [["src/cli/diff.ts", "main"], /^git can't compare here: not a git repository.*\n$/],
  [["src/cli/index.ts", "sandbox"], /^generated\/registry\.json can't be used: .* Run npm run generate\.\n$/],
])("where generated/ is missing, %j says in one line what is wrong, with 2", (args, message) => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--import", import.meta.resolve("@oxc-node/core/register"), ...args],
    { cwd: copy, encoding: "utf8" },
  );
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toMatch(message);
});
