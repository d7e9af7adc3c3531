/** What a run has seen so far (run.ts), and how it requests things: any request, a list, a handler. */
export { ask, conclude, settle, settleLostCreates } from "./ask.ts";
export { isGoneByOthers, othersChangedAccount } from "./others.ts";
export { find, rawData, rawItems, readCurrent, readList, resourceOf } from "./read.ts";
export type {
  Alternative,
  Created,
  Filtering,
  Ordering,
  Owned,
  Reading,
  Resource,
  Run,
  Stage,
  Update,
} from "./run.ts";
export { isOwned, waitsForLag } from "./run.ts";
