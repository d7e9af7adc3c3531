/** What the servers of this project share: a hardened Fastify, the errors body, CORS, listening. */
export { answerError, createApp, notFound, pathOf } from "./app.ts";
export { allowOrigin, answerPreflight, isFromForeignPage, isPreflight } from "./browsers.ts";
export { holdBack } from "./hold-back.ts";
export { isHost, isLoopback } from "./hosts.ts";
export { hasBearer, keyIn, unauthorized } from "./keys.ts";
export { closeSoon, ListenError, listen, originOf } from "./listen.ts";
export { namedPlugin } from "./named-plugin.ts";
export { originOfRequest } from "./origin.ts";
export { errorsBody, Refusal, titlesIn } from "./refusal.ts";
export type { Bounds } from "./server.ts";
