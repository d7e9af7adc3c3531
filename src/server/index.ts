/** One server for everything that a developer runs here: the workbench at `/`, docs, the mocks below `/mock`, sandboxes below `/sandbox`. */
import type { FastifyBaseLogger, FastifyInstance } from "fastify";
import { type Description, loadDescription } from "../description/index.ts";
import { openSite, type Site } from "../docs/index.ts";
import { createApp } from "../http/index.ts";
import { mockPath, mountMocks } from "../mock/index.ts";
import { basePath, type Sandbox } from "../sandbox/index.ts";
import { mountRequestLog } from "../workbench/index.ts";
import { keysToShow, mountPage } from "../workbench/page/index.ts";
import { docsPath, mountDocs } from "./docs.ts";

export interface ServerOptions {
  /** Names of the instances to serve. Each is prepared at the first request to it. */
  readonly instances?: readonly string[] | undefined;
  /** Instances that are not registered. */
  readonly descriptions?: readonly Description[] | undefined;
  /** Generate data instead of answering with the contract's examples. */
  readonly dynamic?: boolean | undefined;
  /** The seed of generated data. */
  readonly seed?: string | undefined;
  /** Sandboxes to serve besides the mocks. */
  readonly sandbox?: Sandbox | undefined;
  /** The docs. Default: built into dist/docs/. */
  readonly site?: Site | undefined;
  /** Host names and addresses that requests may be for, besides loopback ones. */
  readonly hosts?: readonly string[] | undefined;
  /** Requests of each key that are kept, from 0 to 500, the default. */
  readonly requests?: number | undefined;
  readonly logger?: FastifyBaseLogger | undefined;
}

/** Everything on one port. */
export interface Server {
  /** Not listening yet. */
  readonly app: FastifyInstance;
  /**
   * Serves an instance from this description from now on, whether it was served before or not. If that fails it rejects and keeps serving
   * the old one. What is called later counts, also while an earlier description is being prepared.
   */
  serve(description: Description): Promise<void>;
  /** Answers requests to an instance with 404 from now on. Its handlers stay in the sandbox's database. */
  remove(name: string): void;
}

/** Builds the server. */
export async function createServer(options: ServerOptions): Promise<Server> {
  const { sandbox, site = openSite() } = options;
  const served = new Set([
    ...(options.instances ?? []),
    ...(options.descriptions ?? []).map(({ name }) => name),
  ]);
  const described = new Map((options.descriptions ?? []).map((each) => [each.name, each]));
  const app = createApp({ logger: options.logger, hosts: options.hosts });
  const apiKeys = keysToShow(options.hosts ?? [], sandbox?.apiKeys);
  // Any text is a key of a mock.
  await mountRequestLog(app, { requests: options.requests });
  const mocks = await mountMocks(app, options);
  if (sandbox !== undefined) await app.register(sandbox.plugin);
  await mountDocs(app, site, apiKeys[0]);

  mountPage(app, {
    instances: () => {
      const sandboxes = new Set(sandbox?.instances);
      return [...served].map((name) => ({
        name,
        mock: mockPath(name),
        sandbox: sandboxes.has(name) ? basePath(name) : undefined,
      }));
    },
    apiKeys,
    docs: docsPath,
    descriptionOf: (name) => described.get(name) ?? loadDescription(name),
  });
  let calls = 0;
  /** The last call that took effect, by instance name. */
  const effective = new Map<string, number>();
  return {
    app,
    async serve(description) {
      const { name } = description;
      calls += 1;
      const call = calls;
      const serveMock = await mocks.prepare(description);
      if (call < (effective.get(name) ?? 0)) return;
      if (!served.has(name) || sandbox?.instances.includes(name)) sandbox?.serve(description);
      serveMock();
      effective.set(name, call);
      served.add(name);
      described.set(name, description);
    },
    remove(name) {
      calls += 1;
      effective.set(name, calls);
      sandbox?.remove(name);
      mocks.remove(name);
      served.delete(name);
      described.delete(name);
    },
  };
}
