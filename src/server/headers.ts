import { extname } from "node:path";
import type { FastifyInstance } from "fastify";

/** What the pages may load: their own files, and workers that Redoc's search makes of itself; nothing from elsewhere. */
export const headers = {
  "content-security-policy":
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src data:; worker-src blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
};

const mediaTypes: Readonly<Record<string, string>> = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".yaml": "application/yaml",
};

/** What a file of the docs is served as, by its name. */
export function mediaTypeOf(path: string): string {
  return `${mediaTypes[extname(path) || path] ?? "text/plain"}; charset=utf-8`;
}

/** Gives all answers below the prefix of the app those headers; refusals bring theirs. */
export function guardAnswers(app: FastifyInstance): void {
  app.addHook("onRequest", async (_request, reply) => {
    reply.headers(headers);
  });
}
