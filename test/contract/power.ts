import { describe, expect, test } from "vitest";
import { instancesWith, tryFault } from "../../src/contract/power.ts";
import { listFaults } from "../../src/sandbox/index.ts";

/** Every fault that an instance can have, one test each. One file per share of the instances, so that they run side by side. */
export function testFaults(instances: readonly string[]): void {
  describe.each(instances)("faults of %s are caught by the check that should", (instance) => {
    const faults = listFaults().filter((fault) => instancesWith(fault).includes(instance));
    test.concurrent.each(faults.map((fault) => [fault.name, fault] as const))("%s", async (_, fault) => {
      expect(await tryFault(fault, instance)).toEqual({
        fault: fault.name,
        instance,
        caught: true,
        others: [],
      });
    });
  });
}
