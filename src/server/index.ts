/** One server for everything that a developer runs here: the page at `/`, the mocks below `/mock`, sandboxes below `/sandbox`. */
import type { FastifyBaseLogger, FastifyInstance } from "fastify";
import type { Description } from "../description/index.ts";
import { createApp, originOfRequest } from "../http/index.ts";
import { mockPath, mountMocks } from "../mock/index.ts";
import { basePath, type Sandbox } from "../sandbox/index.ts";
import { renderPage } from "./page.ts";

export interface ServerOptions {
  readonly descriptions: readonly Description[];
  /** Generate data instead of answering with the contract's examples. */
  readonly dynamic?: boolean | undefined;
  /** The seed of generated data. */
  readonly seed?: string | undefined;
  /** Sandboxes to serve next to the mocks. */
  readonly sandbox?: Sandbox | undefined;
  readonly logger?: FastifyBaseLogger | undefined;
}

/** Builds the server; it does not listen yet. */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const app = createApp({ logger: options.logger });
  await mountMocks(app, options);
  const { sandbox } = options;
  if (sandbox !== undefined) await app.register(sandbox.plugin);
  app.get("/", async (request, reply) => {
    const instances = options.descriptions.map((description) => {
      const { name } = description;
      const origin = originOfRequest(request);
      const sandboxUrl = sandbox?.instances.includes(name) ? origin + basePath(name) : undefined;
      return { description, mockUrl: origin + mockPath(name), sandboxUrl };
    });
    return reply
      .headers({
        "content-type": "text/html; charset=utf-8",
        "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
        "x-content-type-options": "nosniff",
      })
      .send(renderPage(instances));
  });
  return app;
}
