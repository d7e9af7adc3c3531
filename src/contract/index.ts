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
export type { Leftovers, Sweep } from "./cleanup/clean-up.ts";
export type { Finding, Level } from "./findings/finding.ts";
export type { Statement } from "./instance/statement.ts";
export { journalFolder } from "./journal/journal.ts";
export { marker } from "./journal/marker.ts";
export { type ListedCheck, listChecks, listText } from "./plan/list.ts";
export { harOf } from "./report/har.ts";
export { junitOf } from "./report/junit.ts";
export {
  type CheckResult,
  exitCode,
  findingsOf,
  hasLeftovers,
  type Power,
  type Report,
  type Status,
} from "./report/report.ts";
export { summaryOf } from "./report/summary.ts";
export { textOf } from "./report/text.ts";
export type { Clock } from "./wire/clock.ts";
export type { Keys } from "./wire/credentials.ts";
export {
  KeyError,
  keysFor,
  keyVariable,
  needKeys,
  otherKeyVariable,
  variableOf,
} from "./wire/credentials.ts";
export type { Exchange } from "./wire/exchange.ts";
export { parseRate } from "./wire/pace.ts";
export { RunStopped } from "./wire/stopped.ts";
