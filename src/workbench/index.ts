/**
 * What the workbench has beside the contract: the requests that came, and how the next ones are answered. openapi.yaml describes it; start
 * reading at mount.ts.
 */
export { type Behaviours, createBehaviours } from "./behaviours.ts";
export { checkBehaviour, choicesOf } from "./choices.ts";
export type { Behaviour, Seed } from "./description.ts";
export { directionsTo } from "./directions.ts";
export { mostRequests } from "./log.ts";
export { mountRequestLog, problemOfRequests } from "./mount.ts";
export { noteOf, takesNotes } from "./note.ts";
export { type OwnRequest, readJson, readOwn } from "./own.ts";
export { ownerOf } from "./owner.ts";
export { isQuiet } from "./watch.ts";
