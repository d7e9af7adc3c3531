/** What came of a run, for people and for machines, without a key in it. Start at report.ts. */
export { harOf } from "./har.ts";
export { junitOf } from "./junit.ts";
export { briefExchange, maskedExchange, maskedLeftovers, maskedReport, maskOf, shownMaskOf } from "./mask.ts";
export {
  type CheckResult,
  exitCode,
  findingsOf,
  hasLeftovers,
  type Power,
  type Report,
  type Status,
} from "./report.ts";
export { hollowness, powerOf, resultsOf, verdictOf, verdictOn } from "./results.ts";
export { summaryOf } from "./summary.ts";
export { textOf } from "./text.ts";
