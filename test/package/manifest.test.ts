import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { projectRoot } from "../../src/package/index.ts";

/** What npm runs, or asks its user about, where a package is installed: from the registry, and from a file or a repository. */
const installScripts = ["preinstall", "install", "postinstall", "preprepare", "prepare", "postprepare"];

test("installing the package runs nothing, and asks for no leave to", () => {
  const { scripts } = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8"));
  expect(Object.keys(scripts).filter((name) => installScripts.includes(name))).toEqual([]);
});
