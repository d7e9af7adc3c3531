import type { FastifyInstance } from "fastify";
import { createRequestLog } from "./log.ts";
import { type KeyCheck, requestRoutes } from "./routes.ts";
import { watchRequests } from "./watch.ts";

/**
 * Logs the requests to an app, and serves the log at `/_requests`. Call it before the mocks and sandboxes are mounted. `isKnown` tells
 * whether a key is valid; undefined if mocks are served, for which any text is a key.
 */
export async function mountRequestLog(app: FastifyInstance, isKnown?: KeyCheck): Promise<void> {
  const log = createRequestLog();
  watchRequests(app, log);
  await app.register(requestRoutes(log, isKnown), { prefix: "/_requests" });
}
