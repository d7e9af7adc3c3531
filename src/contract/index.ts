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

export type { Statement } from "../description/index.ts";
export { type Checked, checkContract } from "./check-contract.ts";
export { type Check, checks } from "./checks/index.ts";
export type { Leftovers, Sweep } from "./cleanup/index.ts";
export type { Finding, Level } from "./findings/index.ts";
export { journalFolder, marker } from "./journal/index.ts";
export { chosenChecks, type ListedCheck, listChecks, listText, UnknownCheckError } from "./plan/index.ts";
export type { CheckOptions } from "./prepare.ts";
export {
  type CheckResult,
  exitCode,
  findingsOf,
  harOf,
  hasLeftovers,
  junitOf,
  type Power,
  type Report,
  type Status,
  summaryOf,
  textOf,
} from "./report/index.ts";
export { RunStopped } from "./stopped.ts";
export { sweepInstance } from "./sweep-instance.ts";
export type { Clock, Exchange, Keys } from "./wire/index.ts";
export {
  KeyError,
  keysFor,
  needKeys,
  otherKeyVariable,
  parseRate,
  variableOf,
} from "./wire/index.ts";
