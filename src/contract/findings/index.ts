/** The results of checks: findings, the names of the checks, and the ledger that collects them. */
export type { AcceptedEntry, BaselineFile } from "./baseline-file.ts";
export { type CheckName, checkNames } from "./check-name.ts";
export { type Acceptance, bySeverity, type Finding, identityOf, type Level, levels } from "./finding.ts";
export { keyOf, Ledger, type Target, targetKey } from "./ledger.ts";
