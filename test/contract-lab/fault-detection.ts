import { describe, expect, test } from "vitest";
import type { CheckName } from "../../src/contract/findings/index.ts";
import { checkFor } from "../../src/contract-lab/fault-checks.ts";
import { trials, tryFault } from "../../src/contract-lab/try-faults.ts";
import { loadDescription } from "../../src/description/index.ts";
import type { Fault } from "../../src/sandbox/index.ts";
import { isQuick, triesAll } from "../scope.ts";

/**
 * Two faults of each check are tried, each on one of the instances that can have it, so that all instances get their share: the first by all
 * checks, the other by the checks that are to notice them. CONTRACT_FAULTS=all tries every fault on all instances, by all checks.
 */
const isWhole = triesAll("CONTRACT_FAULTS");
const all = trials(!isWhole);

/** The names of the faults that each check must catch. */
const caughtBy = new Map<CheckName | undefined, string[]>();
for (const { fault } of all) {
  const names = caughtBy.get(checkFor(fault.name)) ?? [];
  if (!names.includes(fault.name)) caughtBy.set(checkFor(fault.name), [...names, fault.name]);
}

const namesBeside = ({ name }: Fault) => caughtBy.get(checkFor(name)) ?? [];
const isFirst = (fault: Fault) => namesBeside(fault)[0] === fault.name;
/** The first and the last fault, since neighbours are alike. */
const isOneOfTwo = (fault: Fault) => isFirst(fault) || namesBeside(fault).at(-1) === fault.name;
const isTried = (fault: Fault) => isWhole || (isQuick ? isFirst(fault) : isOneOfTwo(fault));

/** One of two shares of the trials, one test each, so that two files run side by side. */
export function testFaults(share: 0 | 1): void {
  describe("faults are caught by the check that should", () => {
    const own = all
      .filter(({ fault }) => isTried(fault))
      .filter((_, index) => index % 2 === share)
      .map(({ fault, instance }) => {
        const isNarrow = !isWhole && !isFirst(fault);
        return [fault.name, instance, fault, isNarrow] as const;
      });
    test.concurrent.each(own)("%s on %s", async (name, instance, fault, isNarrow) => {
      const description = loadDescription(instance);
      const narrow = isNarrow ? await tryFault(fault, description, true) : undefined;
      // A few checks find a fault only in the requests of others.
      const result = narrow?.caught ? narrow : await tryFault(fault, description);
      expect(result).toMatchObject({ fault: name, instance, caught: true, others: [] });
    });
  });
}
