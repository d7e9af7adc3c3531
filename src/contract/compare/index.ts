/** What changed since an earlier report. */
export { changesSince } from "./compare.ts";
export type { Change, Changes } from "./form.ts";
export { readReports } from "./read.ts";
