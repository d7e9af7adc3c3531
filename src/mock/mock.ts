import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { type Description, list, type Match, type Operation } from "../description/index.ts";
import {
  allowOrigin,
  answerPreflight,
  isPreflight,
  originOfRequest,
  pathOf,
  Refusal,
} from "../http/index.ts";
import { type Answers, createAnswers } from "./answers.ts";
import { checkRequest } from "./check.ts";
import { linkPathsOf, moveLinks } from "./links.ts";
import { readPreferences } from "./preferences.ts";

export interface MockOptions {
  /** The instances to mock. */
  readonly descriptions: readonly Description[];
  /** Generate data instead of answering with the contract's examples. A client chooses with `Prefer: dynamic=…`. */
  readonly dynamic?: boolean | undefined;
  /** The seed of generated data: the same seed, the same answers. */
  readonly seed?: string | undefined;
}

/** The path of an instance's mock: its base URL without the origin. */
export function mockPath(instance: string): string {
  return `/mock/${instance}/api`;
}

/**
 * Mounts a mock of each instance, below `/mock/<instance>/api`. A mock answers every call that the contract allows with the
 * contract's examples, or with generated data, and refuses every other in the contract's errors body, with a sentence for each
 * thing that is wrong. It remembers nothing: what was created is not listed, and `page` and `results_per_page` change nothing.
 *
 * The app should come from `createApp`, which answers what never becomes a request.
 */
export async function mountMocks(app: FastifyInstance, options: MockOptions): Promise<void> {
  for (const description of options.descriptions) {
    const answers = await createAnswers(description, {
      dynamic: options.dynamic ?? false,
      seed: options.seed,
    });
    const prefix = mockPath(description.name);
    await app.register(async (scope) => mountMock(scope, description, answers, prefix), { prefix });
  }
  const mounted = list(options.descriptions.map(({ name }) => mockPath(name)));
  app.all("/mock/*", async (request, reply) => {
    allowOrigin(request, reply);
    throw new Refusal(404, `There is no mock at ${pathOf(request.url)}: the mocks are at ${mounted}.`);
  });
}

function mountMock(app: FastifyInstance, description: Description, answers: Answers, prefix: string): void {
  const linkPaths = new Map(
    description.operations.map((operation) => [operation, linkPathsOf(description.document, operation)]),
  );
  // Bodies are taken as bytes, whatever they claim to be: the form parser says what is wrong with them.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
  app.addHook("onRequest", async (request, reply) => {
    allowOrigin(request, reply);
    if (isPreflight(request)) return answerPreflight(request, reply);
  });

  const answer = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { path, query } = splitUrl(request, prefix);
    const match = description.matchOperation(request.method, path);
    if (match.kind === "options") return reply.code(204).header("allow", list(match.allow)).send();
    if (match.kind !== "operation") throw refusalOf(match, request.method, path);
    const { operation } = match;
    const preferences = readPreferences(operation, request.headers.prefer, query);
    // An error that is asked for comes whatever the request is like: that is what it is asked for.
    if (preferences.code === undefined || preferences.code < 400) {
      const undocumented = checkRequest(operation, {
        authorization: request.headers.authorization,
        contentType: request.headers["content-type"],
        body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
        pathParameters: match.parameters,
        query,
      });
      logUndocumented(request, description, operation, undocumented);
    }
    const { status, body, contentType } = await answers(operation, preferences);
    reply.code(status);
    if (body === undefined) return reply.send();
    const own = originOfRequest(request) + prefix;
    const moved = moveLinks(body, linkPaths.get(operation) ?? [], description.baseUrl, own);
    return reply.header("content-type", contentType ?? "application/json").send(JSON.stringify(moved));
  };
  app.all("/", answer);
  app.all("/*", answer);
  // Methods that the framework has no routes for come here.
  app.setNotFoundHandler(answer);
}

/** The path below the prefix, and the query. The prefix may be percent-encoded, so that its segments are counted, not compared. */
function splitUrl(request: FastifyRequest, prefix: string): { path: string; query: URLSearchParams } {
  const url = request.raw.url ?? "/";
  const mark = url.indexOf("?");
  const path = mark === -1 ? url : url.slice(0, mark);
  const own = path.split("/").slice(prefix.split("/").length);
  return {
    path: own.length === 0 ? "" : `/${own.join("/")}`,
    query: new URLSearchParams(mark === -1 ? "" : url.slice(mark + 1)),
  };
}

function refusalOf(
  match: Exclude<Match, { kind: "operation" | "options" }>,
  method: string,
  path: string,
): Refusal {
  if (match.kind === "unknown-path")
    return new Refusal(404, `There is nothing at ${pathOf(path) || "/"} in this API.`);
  const allow = list(match.allow);
  return new Refusal(405, `${method} is not possible at ${pathOf(path)}: there are ${allow}.`, { allow });
}

function logUndocumented(
  request: FastifyRequest,
  description: Description,
  operation: Operation,
  names: readonly string[],
): void {
  if (names.length === 0) return;
  const message = `Ignored: ${description.name} documents no query parameter ${list(names)} for ${operation.id}`;
  request.log.warn({ undocumented: names }, message);
}
