import { expect, test } from "vitest";
import { checkGenerated, isFreshByDigest } from "../../src/generate/index.ts";
import { isQuick } from "../scope.ts";

// Otherwise test/generate/generate.test.ts derives everything, byte by byte.
test.runIf(isQuick)(
  "the contract passes its lint, and generated/ is what it derives to (npm run generate)",
  async () => {
    expect(await checkGenerated()).toEqual({ stale: [] });
  },
);

test("the digest tells that generated/ is fresh", async () => {
  expect(await isFreshByDigest()).toBe(true);
});
