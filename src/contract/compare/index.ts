/** What changed since an earlier report. */
export { changesSince } from "./compare.ts";
export { readReports } from "./read.ts";
