/** The results of a run, for people and machines, with all keys masked. Start at report.ts. */
export { byNeed, countsOf, remarksOf } from "./attention.ts";
export type { Change, Changes } from "./changes.ts";
export { HarWriter } from "./har.ts";
export { pageOf } from "./html/index.ts";
export { issuesOf } from "./issues.ts";
export { junitOf } from "./junit.ts";
export { briefExchange, maskedExchange, maskedLeftovers, maskedReport, maskOf, shownMaskOf } from "./mask.ts";
export { metricsOf } from "./metrics.ts";
export {
  type BaselineState,
  type CheckResult,
  exitCode,
  findingsOf,
  isConclusive,
  type Report,
} from "./report.ts";
export { type ReportFile, reportFileOf, reportVersion } from "./report-file.ts";
export { coverageOf, gapsOf, resultsOf, verdictOf, verdictOn } from "./results.ts";
export { summaryOf } from "./summary.ts";
export { tableOf } from "./table.ts";
export { failuresOf, textOf } from "./text.ts";
