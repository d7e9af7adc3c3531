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
 *     baseline/   deviations that are accepted for a while
 *     compare/    what changed since an earlier report
 *     report/     what came of it, for people and machines
 *     fleet/      many instances in one go
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
export type { CheckOptions } from "./prepare.ts";
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
  KeyError,
  needKeys,
  otherKeyVariable,
  parseRate,
  variableOf,
} from "./wire/index.ts";
