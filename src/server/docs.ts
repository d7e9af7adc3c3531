import type { FastifyInstance, FastifyReply } from "fastify";
import {
  DocsError,
  english,
  escapeHtml,
  localKey,
  localOrigin,
  renderNotFound,
  type Site,
} from "../docs/index.ts";
import { namedPlugin, notFound, originOfRequest } from "../http/index.ts";
import { headers, mediaTypeOf, mountGuarded, wantsPage } from "./headers.ts";

/** The path of the site. */
export const docsPath = "/docs/";

/** Sends an HTML page. */
function sendPage(reply: FastifyReply, page: string, status = 200): FastifyReply {
  return reply.code(status).headers(headers).type(mediaTypeOf(".html")).send(page);
}

/**
 * Serves the site below `/docs/`; files are made on request. Its pages name the mock and the sandbox at the reader's origin, and a key of
 * the sandbox if there is one.
 */
export async function mountDocs(app: FastifyInstance, site: Site, apiKey = ""): Promise<void> {
  app.addHook("onClose", async () => site.forget());
  const prefix = docsPath.slice(0, -1);
  await app.register(
    namedPlugin("docs", async (scope) => mountGuarded(scope, (inner) => mount(inner, site, apiKey))),
    { prefix },
  );
}

function mount(app: FastifyInstance, site: Site, apiKey: string): void {
  app.setNotFoundHandler((request, reply) => {
    if (!wantsPage(request)) return notFound(request, reply);
    sendPage(reply, renderNotFound(site.languages(), undefined, docsPath), 404);
  });
  app.get("", async (_request, reply) => reply.redirect(docsPath));
  app.get<{ Params: { "*": string } }>("/*", async (request, reply) => {
    const asked = request.params["*"];
    const path = asked === "" || asked.endsWith("/") ? `${asked}index.html` : asked;
    // Files for other hosts, such as .nojekyll, are not for readers.
    if (path.split("/").some((name) => name.startsWith("."))) return reply.callNotFound();
    if (!site.has(path)) {
      if (site.has(`${path}/index.html`)) return reply.redirect(`${docsPath}${path}/`);
      return reply.callNotFound();
    }
    const type = mediaTypeOf(path);
    if (type !== mediaTypeOf(".html")) return reply.type(type).send(await site.file(path));
    try {
      const text = (await site.file(path)) ?? "";
      const linked = withWorkbench(text, path, site);
      const own = linked.replaceAll(localOrigin, escapeHtml(originOfRequest(request)));
      return sendPage(reply, own.replaceAll(localKey, escapeHtml(apiKey)));
    } catch (error) {
      if (!(error instanceof DocsError)) throw error;
      return sendPage(reply, failurePage(error), 500);
    }
  });
}

/**
 * Adds a link to the workbench, which exists on this server only. On an instance's page it comes first in the contents and leads to that
 * instance; elsewhere it is the last link of the site's navigation.
 */
function withWorkbench(page: string, path: string, site: Site): string {
  const [, code = english] = /<html lang="([^"]+)"/.exec(page) ?? [];
  const title = escapeHtml(site.languages().get(code)?.workbench.say("title") ?? "");
  const [instance = ""] = path.split("/");
  const contents = /<nav class="side" id="contents".*?<ul>/s;
  if (contents.test(page))
    return page.replace(
      contents,
      (begin) => `${begin}<li><a href="/#${encodeURIComponent(instance)}">${title}</a></li>`,
    );
  return page.replace("</nav>", `<a href="/">${title}</a></nav>`);
}

function failurePage({ message }: DocsError): string {
  return `<!doctype html><html lang="${english}"><head><meta charset="utf-8"><title>The docs</title>
<link rel="stylesheet" href="${docsPath}assets/site.css"></head><body><main><h1>This page could not be rendered</h1><p>${escapeHtml(message)}</p></main></body></html>`;
}
