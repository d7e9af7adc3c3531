/** The parts of the command `contract`: its options, the members to check, the files that it writes. Start reading at check.ts. */
export { checkAll } from "./check.ts";
export { showDryRun } from "./dry-run.ts";
export { membersOf, sandboxesOf, variablesOf } from "./members.ts";
export {
  type Options,
  parseParallel,
  parseRateOption,
  parseSeconds,
  parseShardOption,
  parseUrl,
  refuseContradictions,
  UsageError,
} from "./options.ts";
export { Outputs } from "./output.ts";
export { sweepAll } from "./sweep.ts";
