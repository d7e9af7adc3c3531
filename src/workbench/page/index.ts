/**
 * The page at `/` of mock, sandbox and start: what is served here, the requests as they come in, the data, and switches for the behaviour.
 * Start reading at render.ts for the server's side, at browser/app.tsx for the script.
 */
import type { FastifyInstance } from "fastify";
import { isLoopback, originOfRequest } from "../../http/index.ts";
import { type PageOptions, pageFiles } from "./options.ts";

export type { PageOptions } from "./options.ts";

/** The keys that the page shows: all if only this machine can reach the server (by a loopback name), otherwise none. */
export function keysToShow(hosts: readonly string[], apiKeys: readonly string[] = []): readonly string[] {
  return hosts.every(isLoopback) ? apiKeys : [];
}

/**
 * Serves the page at `/`, and its files below `/_page/`. Nothing is read or rendered before the first request. Pages of other origins can't
 * read the answers, since they contain the key.
 */
export function mountPage(app: FastifyInstance, options: PageOptions): void {
  app.get("/", async (request, reply) => {
    const { chooseLanguage, renderPage } = await import("./render.ts");
    const language = chooseLanguage(request.query, request.headers["accept-language"]);
    const { html, headers } = await renderPage(options, originOfRequest(request), language);
    return reply.headers(headers).send(html);
  });
  app.get<{ Params: { file: string } }>(`${pageFiles}:file`, async (request, reply) => {
    const { pageFile } = await import("./render.ts");
    const file = await pageFile(request.params.file);
    if (file === undefined) return reply.callNotFound();
    return reply.headers(file.headers).send(file.text);
  });
  app.get<{ Params: { name: string } }>(`${pageFiles}instances/:name`, async (request, reply) => {
    const { name } = request.params;
    if (!options.instances().some((served) => served.name === name)) return reply.callNotFound();
    const { chooseLanguage, renderInstance } = await import("./render.ts");
    const language = chooseLanguage(request.query, request.headers["accept-language"]);
    const { text, headers } = renderInstance(options.descriptionOf(name), language);
    return reply.headers(headers).send(text);
  });
}
