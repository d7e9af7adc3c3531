/** Which handlers the run has created, in memory and on disk, so that a sweep can delete them after a killed run. Start at journal.ts. */
export { accountOf, Journal, journalFolder, longestRun } from "./journal.ts";
export { marker, nameOf, newRunId, runOf, startOf } from "./marker.ts";
