import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { AnswerOptions, Answers } from "../answers/index.ts";
import {
  BundleError,
  type Description,
  instanceEntry,
  list,
  loadDescription,
  type Match,
  nearest,
  type Operation,
  pathsOf,
  rolesOf,
} from "../description/index.ts";
import {
  allowOrigin,
  answerPreflight,
  holdBack,
  isPreflight,
  namedPlugin,
  originOfRequest,
  pathOf,
  Refusal,
} from "../http/index.ts";
import { appliedHeader, faultHeader, headersOf, readPreferences } from "../preferences/index.ts";
import { addNotes, createBehaviours, directionsTo, isQuiet, noteOf } from "../workbench/index.ts";
import { checkRequest } from "./check.ts";
import { answerOwn } from "./own.ts";
import { textsOf } from "./query.ts";

/** Which instances to mock, and how. */
export interface MockOptions {
  /** Names of instances to mock, or `family`. Each is prepared at the first request to it. */
  readonly instances?: readonly string[] | undefined;
  /** Instances that are not registered, or that replace registered ones. They are prepared at once. */
  readonly descriptions?: readonly Description[] | undefined;
  /** Generate data instead of answering with the contract's examples. A client chooses with `Prefer: dynamic=…`. */
  readonly dynamic?: boolean | undefined;
  /** The seed of generated data: the same seed, the same answers. */
  readonly seed?: string | undefined;
}

const mocksPath = "/mock";

/** The path of an instance's mock: its base URL without the origin. */
export function mockPath(instance: string): string {
  return `${mocksPath}/${instance}/api`;
}

const noFaultsHere =
  "A mock has no faults: Sandbox-Fault is for sandboxes, and Prefer: code=… gets an error of the contract here.";

/** The description of an instance, and its answers. */
export interface Mock {
  readonly description: Description;
  readonly answers: Answers;
}

/** The mocks of an app. */
export interface Mocks {
  /**
   * Prepares the mock of a new description, of an instance that is served or not. Calling what it resolves with serves that from then on. It
   * rejects if a mock can't be made of it.
   */
  prepare(description: Description): Promise<() => void>;
  /** Answers requests to an instance with 404 from now on. */
  remove(name: string): void;
}

/**
 * Mounts a mock of each instance below `/mock/<instance>/api`. A mock answers every request that the contract allows with the contract's
 * examples or with generated data. It refuses all others with the contract's errors body, one sentence for each problem. It stores nothing:
 * a created handler is not listed, and `page` and `results_per_page` have no effect. Throws UnknownInstanceError.
 *
 * The app should come from `createApp`, which answers what never becomes a request.
 */
export async function mountMocks(app: FastifyInstance, options: MockOptions): Promise<Mocks> {
  const { instances = [], descriptions = [], dynamic = false, seed } = options;
  for (const name of instances) instanceEntry(name);
  const described = new Map(descriptions.map((each) => [each.name, each]));
  const names = new Set([...instances, ...described.keys()]);
  const mocks = new Map<string, Promise<Mock>>();
  /** A failed preparation is tried again at the next request. */
  const mockOf = (name: string): Promise<Mock> => {
    const known = mocks.get(name);
    if (known !== undefined) return known;
    const made = prepare(described.get(name) ?? name, { dynamic, seed });
    mocks.set(name, made);
    made.catch(() => {
      // It may have been replaced meanwhile.
      if (mocks.get(name) === made) mocks.delete(name);
    });
    return made;
  };
  for (const name of described.keys()) await mockOf(name);
  await app.register(
    namedPlugin("mocks", async (scope) => mount(scope, names, mockOf)),
    { prefix: mocksPath },
  );
  return {
    async prepare(description) {
      const { name } = description;
      // An instance that was not requested yet is prepared at its first request.
      const mock = mocks.has(name) ? await prepare(description, { dynamic, seed }) : undefined;
      return () => {
        names.add(name);
        described.set(name, description);
        if (mock !== undefined) mocks.set(name, Promise.resolve(mock));
        // It may have been requested meanwhile, and prepared from the old description.
        else mocks.delete(name);
      };
    },
    remove(name) {
      for (const known of [names, described, mocks]) known.delete(name);
    },
  };
}

async function prepare(instance: Description | string, options: AnswerOptions): Promise<Mock> {
  const description = typeof instance === "string" ? loadDescription(instance) : instance;
  // Prism takes a second to load, and a third of the memory, so it is loaded only when an answer is needed.
  const { createAnswers } = await import("../answers/index.ts");
  return { description, answers: await createAnswers(description, options) };
}

/** Mounts mocks below the prefix of the app. `mockOf` is called for each request, so it has to cache what it prepares. */
export function mount(
  app: FastifyInstance,
  names: ReadonlySet<string>,
  mockOf: (name: string) => Promise<Mock>,
): void {
  const delayed = holdBack(app);
  const behaviours = createBehaviours();
  addNotes(app);
  // Bodies are taken as bytes, whatever their Content-Type: the form parser explains what is wrong with them.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
  app.addHook("onRequest", async (request, reply) => {
    allowOrigin(request, reply);
    if (isPreflight(request)) return answerPreflight(request, reply);
  });

  const prepared = (request: FastifyRequest, name: string): Promise<Mock> =>
    mockOf(name).catch((error: unknown) => {
      request.log.error({ err: error }, `The mock of ${name} can't be prepared`);
      const why = error instanceof BundleError ? error.message : "the log says why.";
      throw new Refusal(500, `The mock of ${name} can't be prepared: ${why}`);
    });

  const answer = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { name, part, path, query } = splitUrl(request, app.prefix);
    if (!names.has(name)) {
      const asked = pathOf(request.url);
      const mocked = nearest(name, [...names], mockPath("<name>"));
      const there = (name.startsWith("_") ? directionsTo(asked) : undefined) ?? mocked;
      throw new Refusal(404, `There is no mock at ${asked}: ${there}.`);
    }
    if (part.startsWith("_"))
      return answerOwn(request, reply, (await prepared(request, name)).description, behaviours);
    if (path === undefined)
      throw new Refusal(404, `There is nothing at ${pathOf(request.url)}: the API is at ${mockPath(name)}.`);
    if (request.headers[faultHeader] !== undefined) throw new Refusal(400, noFaultsHere);
    const { description, answers } = await prepared(request, name);
    const match = description.matchOperation(request.method, path);
    if (match.kind === "options") return reply.code(204).header("allow", list(match.allow)).send();
    if (match.kind !== "operation") throw refusalOf(description, match, request, path);
    const { operation } = match;
    const kind = rolesOf(description).kindOf(operation);
    const { prefer, authorization } = request.headers;
    const switched = isQuiet(request) ? undefined : behaviours.take(name, authorization, kind);
    const noted = noteOf(kind, switched);
    request.noted = noted;
    const wished = readPreferences(operation, textsOf(prefer, query));
    const code = wished.code ?? switched?.status;
    const delay = wished.delay ?? switched?.latency;
    if (delay !== undefined) await new Promise<void>((resolve) => delayed(delay, resolve));
    // A requested error is given whatever the request is like.
    if (code === undefined || code < 400) {
      const undocumented = checkRequest(operation, {
        authorization,
        contentType: request.headers["content-type"],
        body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
        pathParameters: match.parameters,
        query,
        onForm: (form) => {
          noted.form = form;
        },
      });
      logUndocumented(request, description, operation, undocumented);
    }
    const base = originOfRequest(request) + app.prefix.slice(0, -mocksPath.length) + mockPath(name);
    const { status, body, contentType } = await answers(operation, { ...wished, code }, base);
    reply.code(status).headers({ ...headersOf(status), ...appliedHeader({ ...wished }) });
    if (body === undefined) return reply.send();
    return reply.header("content-type", contentType ?? "application/json").send(JSON.stringify(body));
  };
  app.all("/*", answer);
  // Methods for which the framework has no routes end up here.
  app.setNotFoundHandler(answer);
}

/**
 * Splits a URL into the instance's name, the rest of the path, the path below its base URL (undefined if it is not below), and the query.
 * The path may be percent-encoded, so its segments are counted and decoded, not compared as a whole.
 */
function splitUrl(
  request: FastifyRequest,
  prefix: string,
): { name: string; part: string; path: string | undefined; query: URLSearchParams } {
  const url = request.raw.url ?? "/";
  const mark = url.indexOf("?");
  const path = mark === -1 ? url : url.slice(0, mark);
  const [name = "", segment = "", ...below] = path.split("/").slice(prefix.split("/").length);
  const part = decoded(segment);
  return {
    name: decoded(name),
    part,
    path: part !== "api" ? undefined : below.length === 0 ? "" : `/${below.join("/")}`,
    query: new URLSearchParams(mark === -1 ? "" : url.slice(mark + 1)),
  };
}

/** Decodes a segment of a path. The framework has refused invalid UTF-8 already. */
function decoded(segment: string): string {
  return segment.includes("%") ? decodeURIComponent(segment) : segment;
}

function refusalOf(
  description: Description,
  match: Exclude<Match, { kind: "operation" | "options" }>,
  { method, url }: FastifyRequest,
  path: string,
): Refusal {
  if (match.kind === "unknown-path") {
    const there = directionsTo(pathOf(url)) ?? pathsOf(description);
    return new Refusal(404, `There is nothing at ${pathOf(path) || "/"} in this API: ${there}.`);
  }
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
