/**
 * What has changed between two states of the contracts: breaking, compatible or editorial, per instance and operation. Redocly's `diff` finds
 * and rates the changes; what it rates otherwise than this project is in change.ts.
 */
export { compareContracts } from "./compare.ts";
export { contractsAt, DiffError } from "./contracts.ts";
export { bumpFor } from "./release.ts";
export { type Diff, diffSince, isAnnounced } from "./since.ts";
export { diffText } from "./text.ts";
