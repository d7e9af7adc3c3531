import type { FastifyInstance } from "fastify";
import { notFound, pathOf } from "../http/index.ts";
import { directionsTo } from "./directions.ts";
import { createRequestLog } from "./log.ts";
import { type KeyCheck, requestRoutes } from "./routes.ts";
import { watchRequests } from "./watch.ts";

const servers = ["mock", "sandbox"] as const;

/**
 * Logs the requests to an app, and serves the log at `/_requests`. Call it before the mocks and sandboxes are mounted. `isKnown` tells
 * whether a key is valid; undefined if mocks are served, for which any text is a key.
 */
export async function mountRequestLog(app: FastifyInstance, isKnown?: KeyCheck): Promise<void> {
  const log = createRequestLog();
  watchRequests(app, log);
  await app.register(requestRoutes(log, isKnown), { prefix: "/_requests" });
  app.all("/_*", (request, reply) => {
    const served = servers.filter((it) => app.hasRoute({ method: "GET", url: `/${it}/*` }));
    notFound(request, reply, directionsTo(pathOf(request.url), served));
  });
}
