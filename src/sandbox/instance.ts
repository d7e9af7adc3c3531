import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from "fastify";
import {
  BundleError,
  coerce,
  type Match,
  nearest,
  type Operation,
  type OperationKind,
  type StrayFields,
} from "../description/index.ts";
import { FormError, parseForm, readPairs } from "../form/index.ts";
import {
  allowOrigin,
  answerError,
  answerPreflight,
  holdBack,
  isPreflight,
  originOfRequest,
  pathOf,
  Refusal,
  unauthorized,
} from "../http/index.ts";
import { appliedHeader, headersOf, readCode, readDelay, readPrefer } from "../preferences/index.ts";
import { type Answer, asText, empty, failure, json } from "./answer.ts";
import type { Fault, FaultContext } from "./faults/fault.ts";
import { createKeyCheck } from "./keys.ts";
import { type Model, SandboxModelError } from "./model.ts";
import { type Call, createService, type Service } from "./service.ts";
import {
  type Account,
  createTogether,
  type Store,
  StoreError,
  StorePageError,
  whenFree,
} from "./store/index.ts";

/** What one instance is served with. */
export interface InstanceOptions {
  readonly model: Model;
  readonly store: Store;
  readonly accounts: readonly Account[];
  /** Seconds since 1970. */
  readonly now: () => number;
  /** Gives the seconds to wait where an account has used up its minute. */
  readonly rateLimit: ((account: number) => number | undefined) | undefined;
  readonly fault: Fault | undefined;
  /** The faults that a request may ask for by header; undefined where it may not. */
  readonly faults: ReadonlyMap<string, Fault> | undefined;
  /** Whether forms are refused as the contract refuses them. */
  readonly strict: boolean;
}

/** An instance, ready to be served. */
export interface Instance extends InstanceOptions {
  readonly service: Service;
  /** The account whose key an Authorization header carries. */
  readonly accountOf: (authorization: string | undefined) => number | undefined;
  readonly routes: ReadonlyMap<Operation, Route>;
}

/** An operation, with what is worked out of it once. */
interface Route {
  readonly operation: Operation;
  readonly kind: OperationKind;
  readonly idOf: (parameters: Readonly<Record<string, string>>) => number | undefined;
}

/** Works out once what all requests to an instance need. */
export function createInstance(options: InstanceOptions): Instance {
  const { model, store, now, accounts } = options;
  const { description, roles } = model;
  return {
    ...options,
    service: createService(model, store, now, strayFields(options), createTogether(store)),
    accountOf: createKeyCheck(accounts),
    routes: new Map(
      description.operations.map((operation) => [
        operation,
        { operation, kind: roles.kindOf(operation), idOf: idReader(operation) },
      ]),
    ),
  };
}

/** What becomes of fields that a handler of the type does not have: the instances ignore them, the contract refuses them. */
function strayFields({ strict }: InstanceOptions): StrayFields {
  return strict ? "refuse" : "ignore";
}

/** What the plugin serves. */
export interface InstancesOptions {
  /** By its name, what prepares each instance: called at each request to it, so that it has to remember what it made. */
  readonly instances: ReadonlyMap<string, () => Instance>;
  /** Milliseconds that each answer waits. */
  readonly latency: number;
}

/** The header by which a request asks for a fault. */
const faultHeader = "sandbox-fault";

const faultsNotAllowed =
  "Sandbox-Fault is not allowed here: start the sandbox with --allow-faults (allowFaults in code).";

const keyHint = ", with a key that this sandbox was started with";

/** What is known of a request that is let pass. */
interface State {
  readonly instance: Instance;
  /** Undefined where what is asked for is no operation of the contract. */
  readonly route: Route | undefined;
  /** The id that the path names. */
  readonly id: number | undefined;
  /** The fault that the request's operation has. */
  readonly fault: Fault | undefined;
  account: number | undefined;
}

declare module "fastify" {
  interface FastifyRequest {
    sandbox: State | null;
  }
}

/**
 * Serves each instance at `<instance>` below the plugin's prefix: the API at `/api`, `/_health` (GET, no key) and `/_reset` (DELETE,
 * deletes the handlers of the key's account). An instance is prepared when it is asked for.
 */
export const instancesPlugin: FastifyPluginCallback<InstancesOptions> = (app, options, done) => {
  const { instances, latency } = options;
  if (!app.hasRequestDecorator("sandbox")) app.decorateRequest("sandbox", null);
  const delayed = holdBack(app);
  const depth = app.prefix.split("/").length;

  app.removeAllContentTypeParsers();
  // Bodies are taken as bytes, whatever they claim to be: the form parser says what is wrong with them.
  app.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, parsed) => parsed(null, body));

  // What is not served is answered here, before a body is read.
  app.addHook("onRequest", (request, reply, next) => {
    if (request.headers.origin !== undefined) allowOrigin(request, reply);
    if (isPreflight(request)) {
      answerPreflight(request, reply);
      return;
    }
    const { raw, method } = request;
    // The path may be percent-encoded, so that its segments are counted and decoded, not compared as a whole.
    const { url = "" } = raw;
    const mark = url.indexOf("?");
    const segments = (mark === -1 ? url : url.slice(0, mark)).split("/");
    const name = decoded(segments[depth]);
    const part = decoded(segments[depth + 1]);
    const prepare = instances.get(name);
    if (prepare === undefined) {
      const names = nearest(name, [...instances.keys()]);
      return send(reply, failure(404, `There is no sandbox at ${pathOf(request.url)}: ${names}.`));
    }
    let instance: Instance;
    try {
      instance = prepare();
    } catch (error) {
      return send(reply, unprepared(request, name, error));
    }
    const isOwn = segments.length === depth + 2;
    if (part === "_health" && isOwn && method === "GET")
      return send(reply, json(200, JSON.stringify({ status: "ok", instance: name })));
    if (part === "_reset" && isOwn && method === "DELETE") return guard(request, reply, next, instance);
    const path = `/${segments.slice(depth + 2).join("/")}`;
    const match: Match =
      part === "api" && segments.length > depth + 2
        ? instance.model.description.matchOperation(method === "HEAD" ? "OPTIONS" : method, path)
        : { kind: "unknown-path" };
    if (match.kind === "unknown-path")
      return send(reply, failure(404, `There is nothing at ${pathOf(request.url)}.`));
    if (match.kind !== "operation") {
      // The contract's own methods: HEAD and OPTIONS are none of them.
      const allow = match.allow.filter((it) => it !== "HEAD" && it !== "OPTIONS").join(", ");
      return send(reply, failure(405, `This path takes ${allow}, not ${method}.`, { allow }));
    }
    const route = instance.routes.get(match.operation);
    guard(request, reply, next, instance, route, route?.idOf(match.parameters));
  });

  /** Lets requests with a good key pass. */
  function guard(
    request: FastifyRequest,
    reply: FastifyReply,
    next: () => void,
    instance: Instance,
    route?: Route,
    id?: number,
  ): void {
    const { prefer } = request.headers;
    const wished = prefer === undefined ? undefined : readWishes(String(prefer), route);
    if (wished instanceof Refusal) {
      answerError(wished, reply);
      return;
    }
    const wait = latency + (wished?.delay ?? 0);
    const admit = () => {
      if (wished !== undefined) {
        reply.headers(appliedHeader({ ...wished }));
        const { code } = wished;
        // It comes whatever the request is like: that is what it is asked for.
        if (code !== undefined)
          return send(reply, failure(code, `This is the ${code} that Prefer asked for.`, headersOf(code)));
      }
      if (request.headers[faultHeader] !== undefined && instance.faults === undefined)
        return send(reply, failure(400, faultsNotAllowed));
      const asked = instance.fault ?? askedFault(request, instance);
      if (asked === null) return send(reply, unknownFault(String(request.headers[faultHeader]), instance));
      const kind = route?.kind;
      const fault = kind !== undefined && asked?.operations.includes(kind) ? asked : undefined;
      const account = instance.accountOf(request.headers.authorization);
      const state: State = { instance, route, id, fault, account };
      request.sandbox = state;
      state.account ??= fault?.admit?.(contextOf(request, state));
      if (state.account === undefined) {
        const { status, titles, headers } = unauthorized(request.headers.authorization, keyHint);
        return finish(request, reply, state, failure(status, titles, headers));
      }
      const wait = instance.rateLimit?.(state.account);
      if (wait !== undefined) {
        const headers = { "retry-after": String(wait) };
        return finish(request, reply, state, failure(429, "Too many requests in this minute.", headers));
      }
      next();
    };
    // Refusals take as long as any other answer.
    if (wait > 0) delayed(wait, admit);
    else admit();
  }

  /** Sends an answer as the request's fault makes it. */
  function finish(
    request: FastifyRequest,
    reply: FastifyReply,
    state: State | null,
    answer: Answer,
    call?: Call,
  ): void {
    if (state?.fault === undefined) {
      send(reply, answer);
      return;
    }
    const { fault } = state;
    const faulty = fault.answer?.(answer, contextOf(request, state, call)) ?? answer;
    if (fault.delivery === "reset") {
      reply.hijack();
      request.raw.socket.resetAndDestroy();
    } else if (fault.delivery === undefined) send(reply, faulty);
    else delayed(fault.delivery.delay, () => send(reply, faulty));
  }

  /** Serves an operation whose request was let pass and read whole. Gives a promise where the answer comes later. */
  function serve(
    request: FastifyRequest,
    reply: FastifyReply,
    state: State,
    route: Route,
    form: Call["form"],
  ): Promise<void> | undefined {
    const { instance } = state;
    const { url = "" } = request.raw;
    const mark = url.indexOf("?");
    const call: Call = {
      operation: route.operation,
      account: state.account ?? -1,
      id: state.id,
      query: mark === -1 ? [] : withoutNul(readPairs(url.slice(mark + 1), "query"), "Query parameter"),
      form: withoutNul(form, "Field"),
      base: `${originOfRequest(request)}${app.prefix}/${instance.model.description.name}/api`,
    };
    if (state.fault !== undefined) return serveFaulty(request, reply, state, state.fault, call);
    const answer = instance.service[route.kind](call);
    if (answer instanceof Promise) return answer.then((it) => send(reply, it));
    send(reply, answer);
    return undefined;
  }

  async function serveFaulty(
    request: FastifyRequest,
    reply: FastifyReply,
    state: State,
    fault: Fault,
    call: Call,
  ): Promise<void> {
    const { model, store, now, service } = state.instance;
    const about = contextOf(request, state, call);
    const faulty: Service =
      fault.store === undefined
        ? service
        : createService(model, fault.store(store, about), now, strayFields(state.instance));
    const answer = await faulty[state.route?.kind ?? "list"](fault.understand?.(call, about) ?? call);
    finish(request, reply, state, asText(answer), call);
  }

  /** Deletes the handlers of the key's account. */
  function reset(reply: FastifyReply, { instance, account = -1 }: State): Promise<void> | undefined {
    const cleared = whenFree(() => instance.store.clear(account));
    if (cleared instanceof Promise) return cleared.then(() => send(reply, empty()));
    send(reply, empty());
    return undefined;
  }

  /** Nothing is returned to the framework: it would wait for a reply by listening to its stream, which costs microseconds. */
  function handle(request: FastifyRequest, reply: FastifyReply): void {
    const { sandbox: state } = request;
    if (state === null) throw new Error("a request came through that no instance let pass");
    const { route } = state;
    let fields: Call["form"] = [];
    if (route?.operation.body !== undefined) {
      const body = request.body instanceof Buffer ? request.body : Buffer.alloc(0);
      const mediaTypes = state.instance.strict
        ? { mediaTypes: route.operation.body.contents.map((it) => it.mediaType) }
        : undefined;
      ({ fields } = parseForm(request.headers["content-type"], body, mediaTypes));
    }
    const later = route === undefined ? reset(reply, state) : serve(request, reply, state, route, fields);
    later?.catch((error: unknown) => reply.send(error));
  }
  app.all("/*", handle);
  // Methods that the framework has no routes for come here, and are answered above.
  app.setNotFoundHandler(handle);

  app.setErrorHandler((error, request, reply) => {
    const { sandbox: state } = request;
    if (error instanceof FormError) finish(request, reply, state, failure(400, error.message));
    else if (error instanceof StorePageError) {
      const smaller = `Ask for a smaller ${state?.instance.model.list.pageSize}.`;
      finish(request, reply, state, failure(400, `${error.message} ${smaller}`));
    } else if (error instanceof StoreError) {
      request.log.error(error.message);
      finish(request, reply, state, failure(500, "The database of the sandbox failed; nothing was changed."));
    } else answerError(error, reply);
  });
  done();
};

/** A segment of a path; empty where there is none, or none that is UTF-8. */
function decoded(segment = ""): string {
  if (!segment.includes("%")) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return "";
  }
}

/** The answer to a request for an instance that can't be prepared. */
function unprepared(request: FastifyRequest, name: string, error: unknown): Answer {
  request.log.error({ error }, `The sandbox of ${name} can't be prepared`);
  const isKnown = [BundleError, SandboxModelError, StoreError].some((type) => error instanceof type);
  return failure(
    500,
    isKnown ? (error as Error).message : `The sandbox of ${name} can't be prepared; the log says why.`,
  );
}

/** What a request wants of its answer. Successes are as they are: only an error can be asked for. */
function readWishes(
  header: string,
  route: Route | undefined,
): { readonly code: number | undefined; readonly delay: number | undefined } | Refusal {
  const texts = readPrefer(header);
  try {
    const code = route === undefined ? undefined : readCode(route.operation, texts.get("code"));
    return {
      code: code === undefined || code < 400 ? undefined : code,
      delay: readDelay(texts.get("delay")),
    };
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

/** Undefined where none is asked for; null for one that does not exist, or that this instance can't have. */
function askedFault(request: FastifyRequest, { faults, model }: Instance): Fault | undefined | null {
  const name = faults === undefined ? undefined : request.headers[faultHeader];
  if (name === undefined) return undefined;
  const fault = faults?.get(String(name));
  return fault === undefined || fault.appliesTo?.(model) === false ? null : fault;
}

function contextOf({ headers }: FastifyRequest, { instance, route }: State, call?: Call): FaultContext {
  const { model, store } = instance;
  return {
    model,
    store,
    kind: route?.kind ?? "list",
    instance: model.description.name,
    authorization: headers.authorization,
    call,
  };
}

function send(reply: FastifyReply, { status, headers, body }: Answer<string | Buffer>): void {
  reply
    .code(status)
    .headers(headers)
    .send(body.length === 0 ? undefined : body);
}

/** Reads the id from the parameters of a path; what is no id by the contract names no handler. */
function idReader(operation: Operation): Route["idOf"] {
  const parameter = operation.parameters.find((it) => it.in === "path");
  if (parameter === undefined) return () => undefined;
  const { name, schema, check } = parameter;
  return (parameters) => {
    const id = coerce(parameters[name] ?? "", schema.node);
    return typeof id === "number" && check(id, "path", name).length === 0 ? id : undefined;
  };
}

/** No text of an instance has a NUL, which databases refuse or cut at. Throws FormError. */
function withoutNul(pairs: Call["form"], what: string): Call["form"] {
  for (const [index, [name, value]] of pairs.entries()) {
    if (name.includes("\0") || value.includes("\0")) {
      throw new FormError("encoding", `${what} ${index + 1} has a NUL character in it.`);
    }
  }
  return pairs;
}

function unknownFault(asked: string, { faults, model }: Instance): Answer {
  const names = [...(faults?.values() ?? [])]
    .filter((it) => it.appliesTo?.(model) !== false)
    .map((it) => it.name);
  return failure(400, `Sandbox-Fault names no fault of this instance: ${nearest(asked, names)}.`);
}
