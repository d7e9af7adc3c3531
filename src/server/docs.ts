import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyReply } from "fastify";
import { asset, escapeHtml, localOrigin, type Site } from "../docs/index.ts";
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

/** Sends a page of this project. */
export function sendPage(reply: FastifyReply, page: string, status = 200): FastifyReply {
  return reply.code(status).headers(headers).send(page);
}

/**
 * Serves the built site below `/docs/`. Its pages name the mock and the sandbox at the origin that the reader addressed; while they are
 * being built for the first time, a page says so and looks again.
 */
export async function mountDocs(app: FastifyInstance, site: Site): Promise<void> {
  await app.register(fastifyStatic, { root: site.folder, serve: false });

  // The front page is at the root, where it shows what is served right now; the one in the site is for hosts that only have files.
  for (const path of ["/docs", docsPath, `${docsPath}index.html`]) {
    app.get(path, async (_request, reply) => reply.redirect("/"));
  }
  app.get<{ Params: { "*": string } }>(`${docsPath}*`, async (request, reply) => {
    const path = request.params["*"];
    // What the front page looks like doesn't wait for the build.
    if (path === "assets/site.css") return reply.type("text/css; charset=utf-8").send(asset("site.css"));
    if (path === "assets/site.js") return reply.type("text/javascript; charset=utf-8").send(asset("site.js"));
    if (!existsSync(join(site.folder, "index.html"))) return sendPage(reply, waitingPage(site), 503);
    const page = pageFile(site.folder, path);
    if (page !== undefined) {
      const text = await readFile(page, "utf8");
      return sendPage(reply, text.replaceAll(localOrigin, escapeHtml(originOfRequest(request))));
    }
    if (!path.endsWith("/") && pageFile(site.folder, `${path}/`) !== undefined) {
      return reply.redirect(`${docsPath}${path}/`);
    }
    return reply.sendFile(path);
  });
}

/** The file of a page; undefined for what is no page of the site. */
function pageFile(folder: string, path: string): string | undefined {
  const file = path === "" || path.endsWith("/") ? `${path}index.html` : path;
  const isPage = /^([\w-][\w.-]*\/)*[\w-]+\.html$/.test(file);
  return isPage && existsSync(join(folder, file)) ? join(folder, file) : undefined;
}

function waitingPage(site: Site): string {
  const step = site.building();
  const failure = site.failure();
  const text =
    failure !== undefined
      ? `The docs could not be built: ${failure}`
      : step === undefined
        ? "The docs are not built. npm run docs builds them."
        : `The docs are being built: ${step.done} of ${step.total} parts are done. This page looks again in a moment.`;
  const again = step === undefined ? "" : '<meta http-equiv="refresh" content="1">';
  return `<!doctype html><html lang="en"><head><meta charset="utf-8">${again}<title>The docs</title>
<link rel="stylesheet" href="${docsPath}assets/site.css"></head><body><main><h1>The docs</h1><p>${escapeHtml(text)}</p></main></body></html>`;
}
