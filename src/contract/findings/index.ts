/** The results of checks: findings, the names of the checks, and the ledger that collects them. */
export type { AcceptedEntry, BaselineFile } from "./acceptance.ts";
export { type CheckName, checkNames } from "./check-name.ts";
export type { Acceptance, Finding, Level } from "./finding.ts";
export { keyOf, Ledger, type Target, targetKey } from "./ledger.ts";
