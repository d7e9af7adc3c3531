/** One server for everything that a developer runs here: the page at `/`, docs, the mocks below `/mock`, sandboxes below `/sandbox`. */
import type { FastifyBaseLogger, FastifyInstance } from "fastify";
import { type Description, familyName, instanceEntry } from "../description/index.ts";
import {
  english,
  inEnglish,
  instanceEntries,
  type Live,
  languageFor,
  openSite,
  renderFrontPage,
  type Site,
  type SitePage,
} from "../docs/index.ts";
import { mountEyes } from "../eyes/index.ts";
import { createApp, originOfRequest } from "../http/index.ts";
import { mockPath, mountMocks } from "../mock/index.ts";
import { basePath, type Sandbox } from "../sandbox/index.ts";
import { docsPath, livePath, mountDocs, sendPage } from "./docs.ts";
import { mountGuarded } from "./headers.ts";

export interface ServerOptions {
  /** Names of the instances to serve, each prepared at the first request to it. */
  readonly instances?: readonly string[] | undefined;
  /** Instances that the register does not have. */
  readonly descriptions?: readonly Description[] | undefined;
  /** Generate data instead of answering with the contract's examples. */
  readonly dynamic?: boolean | undefined;
  /** The seed of generated data. */
  readonly seed?: string | undefined;
  /** Sandboxes to serve next to the mocks. */
  readonly sandbox?: Sandbox | undefined;
  /** The docs; kept in dist/docs/ unless said. */
  readonly site?: Site | undefined;
  /** Names and addresses that requests may be for, next to loopback ones. */
  readonly hosts?: readonly string[] | undefined;
  readonly logger?: FastifyBaseLogger | undefined;
}

/** Everything on one port. */
export interface Server {
  /** It does not listen yet. */
  readonly app: FastifyInstance;
  /** Serves an instance from another description of it from now on. Rejects, and serves what it did, when that can't be served. */
  replace(description: Description): Promise<void>;
}

/** Builds the server. */
export async function createServer(options: ServerOptions): Promise<Server> {
  const { sandbox, site = openSite() } = options;
  const served = [...(options.instances ?? []), ...(options.descriptions ?? []).map(({ name }) => name)];
  const app = createApp({ logger: options.logger, hosts: options.hosts });
  // Any text is a key of a mock.
  await mountEyes(app);
  const mocks = await mountMocks(app, options);
  if (sandbox !== undefined) await app.register(sandbox.plugin);
  await mountDocs(app, site, sandbox?.apiKeys[0]);

  const family = instanceEntry(familyName);
  const instances = instanceEntries();
  await app.register(async (plain) => {
    mountGuarded(plain, (scope) => {
      scope.get("/", async (request, reply) => {
        const origin = originOfRequest(request);
        const live = new Map<string, Live>(
          served.map((name) => {
            const isSandbox = sandbox?.instances.includes(name) === true;
            return [
              name,
              {
                mockUrl: origin + mockPath(name),
                ...(isSandbox && { sandboxUrl: origin + basePath(name), apiKey: sandbox.apiKeys[0] }),
              },
            ];
          }),
        );
        const page = frontPlace(site, new URL(request.url, origin).searchParams.get("language"));
        return sendPage(reply, renderFrontPage({ ...page, family, instances, live }));
      });
    });
  });
  return {
    app,
    async replace(description) {
      if (sandbox?.instances.includes(description.name)) sandbox.replace(description);
      await mocks.replace(description);
    },
  };
}

/** Where the front page is, in the language that is asked for, or in English. */
function frontPlace(site: Site, asked: string | null): SitePage {
  const languages = site.languages();
  const language = languageFor(languages, asked ?? english) ?? inEnglish(languages);
  const others = [...languages.values()]
    .filter((each) => each !== language)
    .map((each) => ({ language: each, href: livePath(each.code) }));
  return { language, languages, root: docsPath.slice(1), path: "index.html", others };
}
