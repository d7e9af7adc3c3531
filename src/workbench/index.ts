/**
 * The workbench on the server's side: the log of requests, and the behaviour that is switched on for the next ones. openapi.yaml describes
 * its paths; start reading at mount.ts.
 */
export { type Behaviours, createBehaviours } from "./behaviours.ts";
export { checkBehaviour, choicesOf } from "./choices.ts";
export { directionsTo } from "./directions.ts";
export { mostRequests } from "./log.ts";
export { mountRequestLog } from "./mount.ts";
export { addNotes, noteOf } from "./note.ts";
export { type OwnRequest, readJson, readOwn } from "./own.ts";
export type { Behaviour, Seed } from "./own-paths.ts";
export { ownerOf } from "./owner.ts";
export { problemOfStart, type StartServerOptions, startServerOptionNames } from "./start-server-options.ts";
export { isQuiet } from "./watch.ts";
