/** Living with a deviation: what is accepted, by whom and until when. The file's form is in findings/acceptance.ts. */

export type { BaselineFile } from "../findings/index.ts";
export { Baseline, readBaseline } from "./baseline.ts";
export { proposeBaseline } from "./propose.ts";
