import type { FastifyInstance } from "fastify";
import { createRequestLog } from "./log.ts";
import { type KeyCheck, requestRoutes } from "./routes.ts";
import { watchRequests } from "./watch.ts";

/**
 * Keeps the last requests to an app, and serves them at `/_requests`. To be called before the mocks and sandboxes are mounted. `isKnown`: says
 * whether a key is good; undefined where mocks are served, for which any text is one.
 */
export async function mountRequestLog(app: FastifyInstance, isKnown?: KeyCheck): Promise<void> {
  const log = createRequestLog();
  watchRequests(app, log);
  await app.register(requestRoutes(log, isKnown), { prefix: "/_requests" });
}
