import { expect, test } from "vitest";
import { writeVersion } from "../../src/generate/version.ts";
import { copyContract } from "./contract-copy.ts";

test("the version of a release is written into the contract, and nothing else", async () => {
  const { folder, read } = await copyContract();
  const before = read("openapi.yaml");
  await writeVersion("9.8.7-rc.1", `${folder}/openapi.yaml`);
  expect(read("openapi.yaml")).toBe(before.replace(/^ {2}version: .*$/m, "  version: 9.8.7-rc.1"));
});
