import type { FastifyRequest } from "fastify";
import { originOf } from "./listen.ts";

/** The origin as the client addressed it, from the Host header. Proxy headers are not trusted. */
export function originOfRequest(request: FastifyRequest): string {
  const { host } = request.headers;
  if (host !== undefined && /^[\w.:[\]-]+$/.test(host)) return `http://${host}`;
  return originOf(request.socket.localAddress ?? "127.0.0.1", request.socket.localPort ?? 80);
}
