import type { FastifyInstance } from "fastify";
import { notFound, pathOf } from "../http/index.ts";
import { directionsTo } from "./directions.ts";
import { createRequestLog, mostRequests } from "./log.ts";
import { type KeyCheck, requestRoutes } from "./routes.ts";
import { watchRequests } from "./watch.ts";

const servers = ["mock", "sandbox"] as const;

interface RequestLogOptions {
  /** Says whether a key is good; undefined where mocks are served, for which any text is one. */
  readonly isKnown?: KeyCheck | undefined;
  /** So many of each key are kept. */
  readonly requests?: number | undefined;
}

/**
 * Keeps the last requests to an app, and serves them at `/_requests`. To be called before the mocks and sandboxes are mounted. Where none are to be
 * kept, `/_requests` says so.
 */
export async function mountRequestLog(
  app: FastifyInstance,
  { isKnown, requests = mostRequests }: RequestLogOptions,
): Promise<void> {
  const log = requests === 0 ? undefined : createRequestLog({ perKey: requests });
  if (log !== undefined) watchRequests(app, log);
  await app.register(requestRoutes(log, isKnown), { prefix: "/_requests" });
  app.all("/_*", (request, reply) => {
    const served = servers.filter((it) => app.hasRoute({ method: "GET", url: `/${it}/*` }));
    notFound(request, reply, directionsTo(pathOf(request.url), served));
  });
}

/** What is wrong with a number of requests to keep, in a sentence; undefined where nothing is. */
export function problemOfRequests(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (Number.isInteger(value) && Number(value) >= 0 && Number(value) <= mostRequests) return undefined;
  const given = typeof value === "number" ? String(value) : `a ${typeof value}`;
  return `requests must be a whole number from 0 to ${mostRequests}, not ${given}.`;
}
