import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../", import.meta.url));
const biome = createRequire(import.meta.url).resolve("@biomejs/biome/bin/biome");

test("every file is laid out and written as biome.json asks (npm run format mends what it can)", async () => {
  const args = ["check", "--colors=off", "--max-diagnostics=20", "."];
  const said = await promisify(execFile)(process.execPath, [biome, ...args], { cwd: root }).then(
    () => "",
    ({ stdout, stderr }) => `${stdout}${stderr}`,
  );
  expect(said).toBe("");
});
