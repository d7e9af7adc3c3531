import { extname } from "node:path";
import type { FastifyInstance, FastifyReply } from "fastify";
import { DocsError, escapeHtml, localOrigin, type Site } from "../docs/index.ts";
import { originOfRequest } from "../http/index.ts";

/** Where the site is served. */
export const docsPath = "/docs/";

/** What the pages may load: their own files, and workers that Redoc's search makes of itself; nothing from elsewhere. */
const headers = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy":
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src data:; worker-src blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
};

const mediaTypes: Readonly<Record<string, string>> = {
  ".css": "text/css",
  ".js": "text/javascript",
  ".yaml": "application/yaml",
};

/** Sends a page of this project. */
export function sendPage(reply: FastifyReply, page: string, status = 200): FastifyReply {
  return reply.code(status).headers(headers).send(page);
}

/**
 * Serves the site below `/docs/`, each file when it is asked for. Its pages name the mock and the sandbox at the origin that the reader
 * addressed.
 */
export async function mountDocs(app: FastifyInstance, site: Site): Promise<void> {
  app.addHook("onClose", async () => site.close());
  // The front page is at the root, where it shows what is served right now; the one in the site is for hosts that only have files.
  for (const path of ["/docs", docsPath, `${docsPath}index.html`]) {
    app.get(path, async (_request, reply) => reply.redirect("/"));
  }
  app.get<{ Params: { "*": string } }>(`${docsPath}*`, async (request, reply) => {
    const asked = request.params["*"];
    const path = asked.endsWith("/") ? `${asked}index.html` : asked;
    if (!site.has(path)) {
      if (site.has(`${path}/index.html`)) return reply.redirect(`${docsPath}${path}/`);
      return reply.callNotFound();
    }
    if (extname(path) !== ".html") {
      const type = `${mediaTypes[extname(path)] ?? "text/plain"}; charset=utf-8`;
      return reply.type(type).send(await site.file(path));
    }
    try {
      const text = (await site.file(path)) ?? "";
      return sendPage(reply, text.replaceAll(localOrigin, escapeHtml(originOfRequest(request))));
    } catch (error) {
      if (!(error instanceof DocsError)) throw error;
      return sendPage(reply, failurePage(error), 500);
    }
  });
}

function failurePage({ message }: DocsError): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>The docs</title>
<link rel="stylesheet" href="${docsPath}assets/site.css"></head><body><main><h1>This page could not be rendered</h1><p>${escapeHtml(message)}</p></main></body></html>`;
}
