/**
 * Checks of a live instance against its bundled contract. Start reading at check-contract.ts: a run plays scenarios
 * (`scenario/`), whose traffic the checks (`checks/`) judge, cleans up (`clean-up.ts`) and reports (`report.ts`).
 */
export {
  type Checked,
  type CheckOptions,
  checkContract,
  chosenChecks,
  sweepInstance,
  UnknownCheckError,
} from "./check-contract.ts";
export { type Check, checks } from "./checks/index.ts";
export type { Leftovers, Sweep } from "./clean-up.ts";
export type { Clock } from "./clock.ts";
export { keyVariable, otherKeyVariable } from "./curl.ts";
export type { Exchange } from "./exchange.ts";
export type { Finding, Level, Statement } from "./finding.ts";
export { harOf } from "./har.ts";
export { journalFolder, marker } from "./journal.ts";
export { junitOf } from "./junit.ts";
export { KeyError, keysFor, needKeys, variableOf } from "./keys.ts";
export { type ListedCheck, listChecks, listText } from "./list.ts";
export { parseRate } from "./pace.ts";
export {
  type CheckResult,
  exitCode,
  findingsOf,
  hasLeftovers,
  type Power,
  type Report,
  type Status,
} from "./report.ts";
export { RunStopped } from "./stopped.ts";
export { summaryOf } from "./summary.ts";
export { textOf } from "./text.ts";
export type { Keys } from "./transport.ts";
