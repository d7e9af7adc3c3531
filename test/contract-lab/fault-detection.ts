import { describe, expect, test } from "vitest";
import { checkFor } from "../../src/contract-lab/fault-checks.ts";
import { trials, tryFault } from "../../src/contract-lab/try-faults.ts";
import { loadDescription } from "../../src/description/index.ts";
import { isQuick, triesAll } from "../scope.ts";

/**
 * Each fault of the sandbox is tried on one of the instances that can have it, so that all instances get their share, by the checks that are
 * to notice it; the first fault of each check is tried by all checks. CONTRACT_FAULTS=all tries each on all instances, by all checks.
 */
const isWhole = triesAll("CONTRACT_FAULTS");
const all = trials(!isWhole);
/** By the check, the first fault that it is to catch. */
const first = new Map(all.map(({ fault }) => [checkFor(fault.name), fault.name] as const).reverse());

const isFirst = ({ name }: { readonly name: string }) => first.get(checkFor(name)) === name;

/** One of two shares of the trials, one test each, so that two files run side by side. */
export function testFaults(share: 0 | 1): void {
  describe("faults are caught by the check that should", () => {
    const own = all
      .filter((_, index) => index % 2 === share)
      .filter(({ fault }) => !isQuick || isFirst(fault))
      .map(({ fault, instance }) => {
        const isNarrow = !isWhole && !isFirst(fault);
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
