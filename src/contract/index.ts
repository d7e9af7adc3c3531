/**
 * Checks of a live instance against its bundled contract. Start reading at check-contract.ts. A folder is one room of the way that a run
 * takes, and nothing points back up:
 *
 *     instance/   what the contract says of the instance, as the checks need it
 *     findings/   what checks say, and the ledger that keeps it
 *     journal/    which handlers are the run's own, on disk
 *     wire/       one request at a time: keys, pace, budget, outages
 *     judging/    an answer, held against the contract
 *     run/        what a run has seen so far
 *     scenario/   the requests, in an order in which none spoils another
 *     checks/     what follows from several answers
 *     cleanup/    deleting what was created, now or by the next run
 *     plan/       what a run will do: checks, requests, provable statements
 *     report/     what came of it, for people and machines
 */
export { type Checked, checkContract } from "./check-contract.ts";
export { type Check, checks } from "./checks/index.ts";
export type { Leftovers } from "./cleanup/leftovers.ts";
export type { Sweep } from "./cleanup/sweep.ts";
export type { Finding, Level } from "./findings/finding.ts";
export type { Statement } from "./instance/statement.ts";
export { journalFolder } from "./journal/journal.ts";
export { marker } from "./journal/marker.ts";
export { chosenChecks, UnknownCheckError } from "./plan/chosen.ts";
export { type ListedCheck, listChecks, listText } from "./plan/list.ts";
export type { CheckOptions } from "./prepare.ts";
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
export { sweepInstance } from "./sweep-instance.ts";
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
