import { extname } from "node:path";
import { constants } from "node:zlib";
import compress from "@fastify/compress";
import etag from "@fastify/etag";
import type { FastifyInstance, FastifyRequest } from "fastify";
import Negotiator from "negotiator";
import { scriptDigests } from "../docs/index.ts";
import { namedPlugin } from "../http/index.ts";

/**
 * The headers of all docs pages. Pages load only their own files. Requests that a reader tries may go to any URL, if the page allows that.
 * Inline scripts are allowed by digest: those that the pages of this version have.
 */
export const headers = {
  "content-security-policy": `default-src 'none'; script-src 'self' ${scriptDigests.join(" ")}; style-src 'self'; img-src 'self' data:; connect-src 'self' http: https:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

const mediaTypes: Readonly<Record<string, string>> = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".json": "application/json",
  ".md": "text/markdown",
  ".xml": "application/xml",
  ".yaml": "application/yaml",
  ".yml": "application/yaml",
};

/** As fast as gzip, with smaller results. */
const brotliOptions = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

/** The Content-Type of a docs file, by its name. */
export function mediaTypeOf(path: string): string {
  return `${mediaTypes[extname(path) || path] ?? "text/plain"}; charset=utf-8`;
}

/** Whether a client prefers a page to the errors body: browsers ask for HTML first; programs mostly accept anything, and get JSON. */
export function wantsPage({ headers }: FastifyRequest): boolean {
  return new Negotiator({ headers }).mediaType(["application/json", "text/html"]) === "text/html";
}

/**
 * Mounts routes whose answers have those headers (error answers bring their own). Answers are compressed and have an ETag, so that what has
 * not changed is not sent again; files with a digest in their URL may be cached forever.
 */
export function mountGuarded(
  app: FastifyInstance,
  routes: (scope: FastifyInstance) => void | Promise<void>,
): void {
  app.addHook("onRequest", async (request, reply) => {
    reply.headers(headers);
    const isForGood = /\/assets\/[^?]+\?v=[\da-f]{12}$/.test(request.url);
    reply.header("cache-control", isForGood ? "public, max-age=31536000, immutable" : "no-cache");
  });
  app.register(compress, { threshold: 1024, encodings: ["br", "gzip"], brotliOptions });
  app.register(etag);
  // Registered last: plugins apply only to routes that are registered after them.
  app.register(namedPlugin("routes", async (scope) => routes(scope)));
}
