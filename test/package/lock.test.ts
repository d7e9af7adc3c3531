import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { projectRoot } from "../../src/generate/paths.ts";

type Locked = { dependencies?: Record<string, string>; optionalDependencies?: Record<string, string> };

// `npm ci` refuses a lock file that names a dependency and doesn't lock it. A registry that lacks a platform's build writes such a file.
test("the lock file locks every dependency that it names, for every platform", () => {
  const lock = JSON.parse(readFileSync(join(projectRoot, "package-lock.json"), "utf8"));
  const packages: Record<string, Locked> = lock.packages;
  const locked = new Set(Object.keys(packages).map((path) => path.split("node_modules/").at(-1)));
  const missing = Object.entries(packages).flatMap(([path, { dependencies, optionalDependencies }]) =>
    Object.keys({ ...dependencies, ...optionalDependencies })
      .filter((name) => !locked.has(name))
      .map((name) => `${name} of ${path}`),
  );
  expect(missing).toEqual([]);
});
