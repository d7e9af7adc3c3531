/** Which handlers are the run's own, in memory and on disk, so that a run that was killed can be cleaned up after. Start at journal.ts. */
export { accountOf, Journal, journalFolder, longestRun } from "./journal.ts";
export { marker, nameOf, newRunId, runOf, startOf } from "./marker.ts";
