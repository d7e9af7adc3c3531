/** Living with a deviation: what is accepted, by whom and until when. Start reading at form.ts. */
export { Baseline, readBaseline } from "./baseline.ts";
export type { AcceptedEntry, BaselineFile } from "./form.ts";
export { proposeBaseline } from "./propose.ts";
