/**
 * Checks a live instance against its bundled contract. Start reading at check-contract.ts. A run goes through these folders from top to
 * bottom, and a folder imports only from those above it:
 *
 *     instance/   the contract of the instance, as the checks need it
 *     findings/   the results of checks, and the ledger that collects them
 *     journal/    which handlers the run has created, on disk
 *     wire/       one request at a time: keys, pace, budget, outages
 *     judging/    compares one answer with the contract
 *     run/        what a run has seen so far
 *     scenario/   the requests, in an order in which none disturbs another
 *     checks/     checks that compare several answers
 *     cleanup/    deletes what was created, now or in the next run
 *     plan/       what a run will do: checks, requests, provable statements
 *     report/     the results, for people and machines
 *     baseline/   deviations that are accepted for a while
 *     compare/    what has changed since an earlier report
 *     fleet/      many instances in one run
 */

export { Baseline, type BaselineFile, proposeBaseline, readBaseline } from "./baseline/index.ts";
export { type Checked, checkContract } from "./check-contract.ts";
export { checks } from "./checks/index.ts";
export type { Sweep } from "./cleanup/index.ts";
export { changesSince, readReports } from "./compare/index.ts";
export type { Finding } from "./findings/index.ts";
export * from "./fleet/index.ts";
export { journalFolder, marker } from "./journal/index.ts";
export { chosenChecks, listChecks, listText, UnknownCheckError } from "./plan/index.ts";
export { type CheckOptions, descriptionOf } from "./prepare.ts";
export {
  byNeed,
  countsOf,
  exitCode,
  failuresOf,
  findingsOf,
  HarWriter,
  issuesOf,
  junitOf,
  metricsOf,
  pageOf,
  type Report,
  type ReportFile,
  remarksOf,
  reportFileOf,
  reportVersion,
  summaryOf,
  tableOf,
  textOf,
} from "./report/index.ts";
export { RunStopped } from "./stopped.ts";
export { sweepInstance } from "./sweep-instance.ts";
export type { Keys } from "./wire/index.ts";
export {
  isBaseUrl,
  KeyError,
  needKeys,
  otherKeyVariable,
  parseRate,
  variableOf,
} from "./wire/index.ts";
