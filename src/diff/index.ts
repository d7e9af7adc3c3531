/**
 * Compares two states of the contracts: breaking, compatible and editorial changes, per instance and operation. Redocly's `diff` finds and
 * rates the changes; change.ts corrects some of its ratings.
 */
export { compareContracts } from "./compare.ts";
export { contractsAt, DiffError } from "./contracts.ts";
export { bumpFor } from "./release.ts";
export { type Diff, diffSince, isAnnounced } from "./since.ts";
export { diffText } from "./text.ts";
