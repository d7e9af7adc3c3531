import type { FastifyInstance } from "fastify";
import { namedPlugin, notFound, pathOf, Refusal } from "../http/index.ts";
import { directionsTo } from "./directions.ts";
import { createRequestLog, mostRequests } from "./log.ts";
import { type KeyCheck, requestRoutes } from "./routes.ts";
import { watchRequests } from "./watch.ts";

const servers = ["mock", "sandbox"] as const;

interface RequestLogOptions {
  /** Looks up a key. Undefined if mocks are served, which take any text as a key. */
  readonly isKnown?: KeyCheck | undefined;
  /** How many requests of each key are kept. */
  readonly requests?: number | undefined;
}

/**
 * Keeps the last requests to an app, and serves them at `/_requests`, which says so if none are kept. Call it before the mocks and sandboxes
 * are mounted.
 */
export async function mountRequestLog(
  app: FastifyInstance,
  { isKnown, requests = mostRequests }: RequestLogOptions,
): Promise<void> {
  const log = requests === 0 ? undefined : createRequestLog({ perKey: requests });
  if (log !== undefined) watchRequests(app, log);
  await app.register(namedPlugin("requests", requestRoutes(log, isKnown)), { prefix: "/_requests" });
  app.all("/_*", (request, reply) => {
    const path = pathOf(request.url);
    if (request.method !== "OPTIONS" && app.hasRoute({ method: "GET", url: path }))
      throw new Refusal(405, `This path takes GET, not ${request.method}.`, { allow: "GET" });
    const served = servers.filter((it) => app.hasRoute({ method: "GET", url: `/${it}/*` }));
    notFound(request, reply, directionsTo(path, served));
  });
}
