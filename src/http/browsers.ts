import type { FastifyReply, FastifyRequest } from "fastify";
import { isLoopback } from "./hosts.ts";

/**
 * The headers that pages may read, besides a few that are always readable. They are listed, since `*` has no effect for requests with
 * credentials (Fetch standard, CORS protocol and credentials).
 */
const exposed = "Allow, Content-Length, Date, Preference-Applied, Retry-After, WWW-Authenticate";

/** Lets pages of any origin read an answer, as Prism's own server does. */
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

/** Whether a request is a CORS preflight (Fetch standard, CORS-preflight request). */
export function isPreflight({ method, headers }: FastifyRequest): boolean {
  return (
    method === "OPTIONS" &&
    headers.origin !== undefined &&
    headers["access-control-request-method"] !== undefined
  );
}

/** Answers a preflight: the requested method is allowed. Browsers send no key with it. */
export function answerPreflight(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return reply
    .code(204)
    .header("access-control-allow-methods", request.headers["access-control-request-method"])
    .send();
}

/**
 * Whether a request comes from a page of another host (neither this machine nor the request's own). A request without Origin can't be a
 * cross-origin request with a key (Fetch standard, Origin header).
 */
export function isFromForeignPage({ headers: { origin, host } }: FastifyRequest): boolean {
  if (origin === undefined) return false;
  if (!URL.canParse(origin)) return true;
  const page = new URL(origin);
  return page.host !== host?.toLowerCase() && !isLoopback(page.hostname);
}
