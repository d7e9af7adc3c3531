import type {
  FastifyInstance,
  FastifyPluginCallback,
  FastifyReply,
  FastifyRequest,
  onRequestHookHandler,
} from "fastify";
import { coerce, type Operation, type OperationKind } from "../description/index.ts";
import { FormError, parseForm, readPairs } from "../form/index.ts";
import {
  allowOrigin,
  answerError,
  answerPreflight,
  isPreflight,
  originOfRequest,
  pathOf,
} from "../http/index.ts";
import { type Answer, asText, empty, failure, json } from "./answer.ts";
import type { Fault, FaultContext } from "./faults/fault.ts";
import { createKeyCheck } from "./keys.ts";
import type { Model } from "./model.ts";
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
  /** Milliseconds that each answer waits. */
  readonly latency: number;
  readonly fault: Fault | undefined;
  /** The faults that a request may ask for by header; undefined where it may not. */
  readonly faults: ReadonlyMap<string, Fault> | undefined;
}

/** The header by which a request asks for a fault. */
const faultHeader = "sandbox-fault";

/** What is known of a request once its key was looked at. */
interface State {
  readonly kind: OperationKind | undefined;
  /** The fault that the request's operation has. */
  readonly fault: Fault | undefined;
  account: number | undefined;
}

/** An operation, with what is worked out of it once. */
interface Route {
  readonly operation: Operation;
  readonly kind: OperationKind;
  readonly idOf: (parameters: Readonly<Record<string, string>>) => number | undefined;
}

declare module "fastify" {
  interface FastifyRequest {
    sandbox: State | null;
  }
}

/**
 * Serves one instance below the plugin's prefix: the API at `/api`, `/_health` (GET, no key) and `/_reset` (DELETE, deletes
 * the handlers of the key's account).
 */
export const instancePlugin: FastifyPluginCallback<InstanceOptions> = (app, options, done) => {
  const { model, store, accounts } = options;
  const { description, roles } = model;
  const api = `${app.prefix}/api`;
  const service = createService(model, store, options.now, createTogether(store));
  const accountOf = createKeyCheck(accounts);
  if (!app.hasRequestDecorator("sandbox")) app.decorateRequest("sandbox", null);
  const delayed = holdBack(app);

  app.removeAllContentTypeParsers();
  // Bodies are taken as bytes, whatever they claim to be: the form parser says what is wrong with them.
  app.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, parsed) => parsed(null, body));

  app.addHook("onRequest", (request, reply, next) => {
    if (request.headers.origin !== undefined) allowOrigin(request, reply);
    if (isPreflight(request)) {
      answerPreflight(request, reply);
      return;
    }
    next();
  });

  /** Lets requests with a good key pass; `kind` is undefined for what is no operation of the contract. */
  const guard = (kind: OperationKind | undefined): onRequestHookHandler => {
    const admit = (request: FastifyRequest, reply: FastifyReply, next: () => void) => {
      const asked = options.fault ?? askedFault(request);
      if (asked === null) return send(reply, unknownFault(options));
      const fault = kind !== undefined && asked?.operations.includes(kind) ? asked : undefined;
      const state: State = { kind, fault, account: accountOf(request.headers.authorization) };
      request.sandbox = state;
      state.account ??= fault?.admit?.(context(request, state));
      if (state.account === undefined) {
        return finish(request, reply, failure(401, "The API key is missing or invalid."));
      }
      const wait = options.rateLimit?.(state.account);
      if (wait !== undefined) {
        const headers = { "retry-after": String(wait) };
        return finish(request, reply, failure(429, "Too many requests in this minute.", headers));
      }
      next();
    };
    // Refusals take as long as any other answer.
    return options.latency > 0
      ? (request, reply, next) => delayed(options.latency, () => admit(request, reply, next))
      : admit;
  };

  /** Undefined where none is asked for; null for one that does not exist, or that this instance can't have. */
  function askedFault(request: FastifyRequest): Fault | undefined | null {
    const name = options.faults === undefined ? undefined : request.headers[faultHeader];
    if (name === undefined) return undefined;
    const fault = options.faults?.get(String(name));
    return fault === undefined || fault.appliesTo?.(model) === false ? null : fault;
  }

  function context({ headers }: FastifyRequest, { kind = "list" }: State, call?: Call): FaultContext {
    return { model, store, kind, instance: description.name, authorization: headers.authorization, call };
  }

  /** Sends an answer as the request's fault makes it. */
  function finish(request: FastifyRequest, reply: FastifyReply, answer: Answer, call?: Call): void {
    const { sandbox: state } = request;
    if (state?.fault === undefined) {
      send(reply, answer);
      return;
    }
    const { fault } = state;
    const faulty = fault.answer?.(answer, context(request, state, call)) ?? answer;
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
    route: Route,
    form: Call["form"],
  ): Promise<void> | undefined {
    const { sandbox: state } = request;
    const { url = "" } = request.raw;
    const mark = url.indexOf("?");
    const call: Call = {
      operation: route.operation,
      account: state?.account ?? -1,
      id: route.idOf(request.params as Record<string, string>),
      query: mark === -1 ? [] : withoutNul(readPairs(url.slice(mark + 1), "query"), "Query parameter"),
      form: withoutNul(form, "Field"),
      base: originOfRequest(request) + api,
    };
    if (state?.fault !== undefined) return serveFaulty(request, reply, state, state.fault, call);
    const answer = service[route.kind](call);
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
    const about = context(request, state, call);
    const faulty: Service =
      fault.store === undefined ? service : createService(model, fault.store(store, about), options.now);
    const answer = await faulty[state.kind ?? "list"](fault.understand?.(call, about) ?? call);
    finish(request, reply, asText(answer), call);
  }

  for (const operation of description.operations) {
    const withForm = operation.body !== undefined;
    const route: Route = { operation, kind: roles.kindOf(operation), idOf: idReader(operation) };
    app.route({
      method: operation.method,
      url: `/api${operation.path.replace(/\{(.+?)\}/g, ":$1")}`,
      exposeHeadRoute: false,
      onRequest: guard(route.kind),
      // Nothing is returned to the framework: it would wait for a reply by listening to its stream, which costs microseconds.
      handler: (request, reply) => {
        const failed = (error: unknown) => reply.send(error);
        if (withForm) {
          const body = request.body instanceof Buffer ? request.body : Buffer.alloc(0);
          const { fields } = parseForm(request.headers["content-type"], body);
          serve(request, reply, route, fields)?.catch(failed);
        } else serve(request, reply, route, [])?.catch(failed);
      },
    });
  }
  app.get("/_health", { exposeHeadRoute: false }, (_request, reply) =>
    send(reply, json(200, JSON.stringify({ status: "ok", instance: description.name }))),
  );
  app.delete("/_reset", { onRequest: guard(undefined) }, (request, reply) => {
    const { account = -1 } = request.sandbox ?? {};
    const cleared = whenFree(() => store.clear(account));
    if (cleared instanceof Promise)
      cleared.then(() => send(reply, empty())).catch((error) => reply.send(error));
    else send(reply, empty());
  });

  const depth = api.split("/").length;
  app.setNotFoundHandler((request, reply) => {
    // The prefix may be percent-encoded, so that its segments are counted, not compared.
    const segments = (request.raw.url ?? "").replace(/\?.*/s, "").split("/");
    const match = description.matchOperation("OPTIONS", ["", ...segments.slice(depth)].join("/"));
    if (segments.length <= depth || match.kind !== "options") {
      return send(reply, failure(404, `There is nothing at ${pathOf(request.url)}.`));
    }
    // The contract's own methods: HEAD and OPTIONS are none of them.
    const allow = match.allow.filter((method) => method !== "HEAD" && method !== "OPTIONS").join(", ");
    send(reply, failure(405, `This path takes ${allow}, not ${request.method}.`, { allow }));
  });

  app.setErrorHandler((error, request, reply) => {
    if (error instanceof FormError) finish(request, reply, failure(400, error.message));
    else if (error instanceof StorePageError) {
      finish(request, reply, failure(400, `${error.message} Ask for a smaller ${model.list.pageSize}.`));
    } else if (error instanceof StoreError) {
      request.log.error(error.message);
      finish(request, reply, failure(500, "The database of the sandbox failed; nothing was changed."));
    } else answerError(error, reply);
  });
  done();
};

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

function unknownFault({ faults, model }: InstanceOptions): Answer {
  const names = [...(faults?.values() ?? [])]
    .filter((it) => it.appliesTo?.(model) !== false)
    .map((it) => it.name);
  return failure(400, `${faultHeader} names no fault of this instance; there are ${names.join(", ")}.`);
}

/** Waits before an answer; a server that closes does not wait any longer. */
function holdBack(app: FastifyInstance): (milliseconds: number, then: () => void) => void {
  const waiting = new Map<NodeJS.Timeout, () => void>();
  let closing = false;
  app.addHook("preClose", (closed) => {
    closing = true;
    for (const [timer, then] of waiting) {
      clearTimeout(timer);
      then();
    }
    waiting.clear();
    closed();
  });
  return (milliseconds, then) => {
    if (closing) {
      then();
      return;
    }
    const timer = setTimeout(() => {
      waiting.delete(timer);
      then();
    }, milliseconds);
    waiting.set(timer, then);
  };
}
