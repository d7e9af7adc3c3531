import { extname } from "node:path";
import { constants } from "node:zlib";
import compress from "@fastify/compress";
import etag from "@fastify/etag";
import type { FastifyInstance, FastifyRequest } from "fastify";
import Negotiator from "negotiator";
import { scriptDigests } from "../docs/index.ts";

/**
 * What the pages may load: their own files, nothing from elsewhere; requests that a reader tries may go to any address that the reader types,
 * where the page allows it. Of scripts that stand in pages, only those are let in that the pages of this version have.
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

/** Brotli as fast as gzip, and smaller. */
const brotliOptions = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

/** What a file of the docs is served as, by its name. */
export function mediaTypeOf(path: string): string {
  return `${mediaTypes[extname(path) || path] ?? "text/plain"}; charset=utf-8`;
}

/** Whether who asks would rather have a page than the errors body: browsers say so, and programs, which take anything, don't. */
export function wantsPage({ headers }: FastifyRequest): boolean {
  return new Negotiator({ headers }).mediaType(["application/json", "text/html"]) === "text/html";
}

/**
 * Mounts routes whose answers have those headers; refusals bring theirs. Answers are compressed, and told to browsers by their digest, so that
 * what has not changed is not sent again; an address that has a digest itself is kept for good.
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
  // After these, which see the routes that come later only.
  app.register(async (scope) => routes(scope));
}
