import type { FastifyReply, FastifyRequest } from "fastify";
import { isLoopback } from "./hosts.ts";

/**
 * The headers that pages may read next to the few that they always may: named one by one, since `*` says nothing where credentials are sent
 * (Fetch standard, CORS protocol and credentials).
 */
const exposed = "Allow, Content-Length, Date, Preference-Applied, Retry-After, WWW-Authenticate";

/** Lets browsers read an answer from any origin, as Prism's own server does. */
export function allowOrigin(request: FastifyRequest, reply: FastifyReply): void {
  const { origin, "access-control-request-headers": requested } = request.headers;
  reply.headers({
    "access-control-allow-origin": origin ?? "*",
    "access-control-allow-headers": requested ?? "*",
    "access-control-allow-credentials": "true",
    "access-control-expose-headers": exposed,
    vary: "origin",
  });
}

/** Whether a request is a browser's question if it may send another one (Fetch standard, CORS-preflight request). */
export function isPreflight({ method, headers }: FastifyRequest): boolean {
  return (
    method === "OPTIONS" &&
    headers.origin !== undefined &&
    headers["access-control-request-method"] !== undefined
  );
}

/** The answer to a preflight: yes, with the method that was asked for. No key is needed: browsers send none here. */
export function answerPreflight(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return reply
    .code(204)
    .header("access-control-allow-methods", request.headers["access-control-request-method"])
    .send();
}

/**
 * Whether a request comes from a page of a host that is neither this machine nor the one that the request is for. What has no Origin is no
 * request that a page sends elsewhere with a key (Fetch standard, Origin header).
 */
export function isFromForeignPage({ headers: { origin, host } }: FastifyRequest): boolean {
  if (origin === undefined) return false;
  if (!URL.canParse(origin)) return true;
  const page = new URL(origin);
  return page.host !== host?.toLowerCase() && !isLoopback(page.hostname);
}
