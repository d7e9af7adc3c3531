/** Deletes what was created: at the end of the run, or in the next one. */
export { cleanUp } from "./clean-up.ts";
export { type Leftovers, nothingLeft } from "./leftovers.ts";
export { type Sweep, sweep } from "./sweep.ts";
