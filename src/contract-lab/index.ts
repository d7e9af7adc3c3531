/**
 * Tests of the contract checks themselves: they run against sandboxes with faults, and each fault must be caught. Also what a run would
 * send. Start reading at try-faults.ts.
 */
export { dryRun, type Plan } from "./dry-run.ts";
export { faultTable } from "./fault-table.ts";
export { checkSandbox } from "./sandboxes.ts";
export { failingWithoutFault, type Trial, trials, tryFaults } from "./try-faults.ts";
