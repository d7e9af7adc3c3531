import type { FastifyInstance } from "fastify";
import { notFound, pathOf, Refusal } from "../http/index.ts";
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
  await app.register(requestRoutes(log, isKnown), { prefix: "/_requests" });
  app.all("/_*", (request, reply) => {
    const path = pathOf(request.url);
    if (request.method !== "OPTIONS" && app.hasRoute({ method: "GET", url: path }))
      throw new Refusal(405, `This path takes GET, not ${request.method}.`, { allow: "GET" });
    const served = servers.filter((it) => app.hasRoute({ method: "GET", url: `/${it}/*` }));
    notFound(request, reply, directionsTo(path, served));
  });
}

/** The message about a wrong number of requests to keep; undefined if it is right. */
export function problemOfRequests(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (Number.isInteger(value) && Number(value) >= 0 && Number(value) <= mostRequests) return undefined;
  const given = typeof value === "number" ? String(value) : `a ${typeof value}`;
  return `requests must be a whole number from 0 to ${mostRequests}, not ${given}.`;
}
