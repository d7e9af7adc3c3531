import { describe, expect, test } from "vitest";
import { trials, tryFault } from "../../src/contract-lab/try-faults.ts";
import { loadDescription } from "../../src/description/index.ts";
import { triesAll } from "../extent.ts";

/**
 * Each fault of the sandbox is tried on one of the instances that can have it, so that all instances get their share: CONTRACT_FAULTS=all
 * tries each on all of them.
 */
const all = trials(!triesAll("CONTRACT_FAULTS"));

/** One of two shares of the trials, one test each, so that two files run side by side. */
export function testFaults(share: 0 | 1): void {
  describe("faults are caught by the check that should", () => {
    const own = all.filter((_, index) => index % 2 === share);
    test.concurrent.each(own.map((trial) => [trial.fault.name, trial.instance, trial.fault] as const))(
      "%s on %s",
      async (name, instance, fault) => {
        expect(await tryFault(fault, loadDescription(instance))).toMatchObject({
          fault: name,
          instance,
          caught: true,
          others: [],
        });
      },
    );
  });
}
