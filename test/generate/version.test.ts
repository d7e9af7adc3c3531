import { copyFileSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { sourceFile, workbenchSource } from "../../src/generate/paths.ts";
import { writeVersion } from "../../src/generate/version.ts";
import { ownPaths } from "../../src/workbench/own-paths.ts";
import { copyContract } from "./contract-copy.ts";

test("the version of a release is written into the contract and the workbench's description, and nothing else", async () => {
  const { folder } = await copyContract();
  const copies = [sourceFile, workbenchSource].map((file, index) => {
    const copy = `${folder}/${index}.yaml`;
    copyFileSync(file, copy);
    return { before: readFileSync(file, "utf8"), copy };
  });
  await writeVersion(
    "9.8.7-rc.1",
    copies.map(({ copy }) => copy),
  );
  for (const { before, copy } of copies)
    expect(readFileSync(copy, "utf8")).toBe(before.replace(/^ {2}version: .*$/m, "  version: 9.8.7-rc.1"));
});

test("the workbench has the version of the package", () => {
  const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  expect(ownPaths().version).toBe(version);
});
