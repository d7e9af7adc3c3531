import { describe, expect, test } from "vitest";
import { checkFor } from "../../src/contract-lab/fault-checks.ts";
import { trials, tryFault } from "../../src/contract-lab/try-faults.ts";
import { loadDescription } from "../../src/description/index.ts";
import { triesAll } from "../extent.ts";

/**
 * Each fault of the sandbox is tried on one of the instances that can have it, so that all instances get their share, by the checks that are
 * to notice it; the first fault of each check is tried by all checks. CONTRACT_FAULTS=all tries each on all instances, by all checks.
 */
const isWhole = triesAll("CONTRACT_FAULTS");
const all = trials(!isWhole);
const first = new Map(all.map(({ fault }) => [checkFor(fault.name), fault.name] as const).reverse());

/** One of two shares of the trials, one test each, so that two files run side by side. */
export function testFaults(share: 0 | 1): void {
  describe("faults are caught by the check that should", () => {
    const own = all
      .filter((_, index) => index % 2 === share)
      .map(({ fault, instance }) => {
        const isNarrow = !isWhole && first.get(checkFor(fault.name)) !== fault.name;
        return [fault.name, instance, fault, isNarrow] as const;
      });
    test.concurrent.each(own)("%s on %s", async (name, instance, fault, isNarrow) => {
      const description = loadDescription(instance);
      const narrow = isNarrow ? await tryFault(fault, description, true) : undefined;
      // A few checks see a fault only in what others ask for.
      const result = narrow?.caught ? narrow : await tryFault(fault, description);
      expect(result).toMatchObject({ fault: name, instance, caught: true, others: [] });
    });
  });
}
