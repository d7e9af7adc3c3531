import type { FastifyBaseLogger, FastifyInstance } from "fastify";
import { type Description, loadDescription } from "../description/index.ts";
import { createApp } from "../http/index.ts";
import { mountRequestLog } from "../workbench/index.ts";
import { keysToShow, mountPage } from "../workbench/page/index.ts";
import { basePath, type Sandbox } from "./sandbox.ts";

interface AppOptions {
  /** Hosts that requests may be for, besides this machine's loopback names and the host of `publicUrl`. */
  readonly hosts: readonly string[];
  /** As in SandboxOptions. */
  readonly publicUrl?: string | undefined;
  /** As in SandboxOptions: instances that are not registered, or that replace registered ones. */
  readonly descriptions?: readonly Description[] | undefined;
  /** Requests of each key that are kept, from 0 to 500, the default. */
  readonly requests?: number | undefined;
  readonly logger?: FastifyBaseLogger | undefined;
}

/** The server of sandboxes with its workbench, not listening yet. Closing it closes the sandboxes' database, too. */
export async function createSandboxApp(sandbox: Sandbox, options: AppOptions): Promise<FastifyInstance> {
  const { publicUrl, descriptions = [], requests, logger } = options;
  const hosts = [...options.hosts, ...(publicUrl === undefined ? [] : [new URL(publicUrl).hostname])];
  const app = createApp({ logger, hosts });
  app.addHook("onClose", () => sandbox.close());
  try {
    await mountRequestLog(app, { isKnown: sandbox.isKnown, requests });
    await app.register(sandbox.plugin);
    mountPage(app, {
      instances: () => sandbox.instances.map((name) => ({ name, sandbox: basePath(name) })),
      apiKeys: keysToShow(hosts, sandbox.apiKeys),
      descriptionOf: (name) => descriptions.find((it) => it.name === name) ?? loadDescription(name),
    });
  } catch (error) {
    await app.close();
    throw error;
  }
  return app;
}
