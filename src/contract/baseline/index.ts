/** Deviations that are accepted: by whom, and until when. findings/baseline-file.ts defines the file's format. */

export type { BaselineFile } from "../findings/index.ts";
export { Baseline, readBaseline } from "./baseline.ts";
export { proposeBaseline } from "./propose.ts";
