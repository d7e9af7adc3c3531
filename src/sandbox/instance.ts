import type { FastifyInstance, FastifyPluginCallback, FastifyReply, FastifyRequest } from "fastify";
import { type Operation, validatePathParameters } from "../description/index.ts";
import { FormError, parseForm } from "../form/index.ts";
import {
  allowOrigin,
  answerError,
  answerPreflight,
  isPreflight,
  originOfRequest,
  pathOf,
} from "../http/index.ts";
import { type Answer, empty, failure, json } from "./answer.ts";
import type { Fault, FaultContext } from "./faults/fault.ts";
import { accountOf } from "./keys.ts";
import type { Model } from "./model.ts";
import { type Call, createService, type Service } from "./service.ts";
import { type Account, type Store, StoreError } from "./store/index.ts";

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

interface State {
  account: number | undefined;
  fault: Fault | undefined;
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
  const service = createService(model, store, options.now);
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
    if (request.is404 || !request.routeOptions.config.secured) return next();
    const fault = options.fault ?? askedFault(request);
    if (fault === null) return send(reply, unknownFault(options));
    const state: State = { account: accountOf(accounts, request.headers.authorization), fault };
    request.sandbox = state;
    if (state.account === undefined) {
      state.account = faultOf(request)?.admit?.(context(request, undefined));
      if (state.account === undefined) {
        return finish(request, reply, failure(401, "The API key is missing or invalid."), undefined);
      }
    }
    const wait = options.rateLimit?.(state.account);
    if (wait !== undefined) {
      const headers = { "retry-after": String(wait) };
      return finish(request, reply, failure(429, "Too many requests in this minute.", headers), undefined);
    }
    if (options.latency > 0) delayed(reply, options.latency, next);
    else next();
  });

  /** Undefined where none is asked for; null for one that does not exist, or that this instance can't have. */
  function askedFault(request: FastifyRequest): Fault | undefined | null {
    const name = options.faults === undefined ? undefined : request.headers[faultHeader];
    if (name === undefined) return undefined;
    const fault = options.faults?.get(String(name));
    return fault === undefined || fault.appliesTo?.(model) === false ? null : fault;
  }

  /** The fault of a request, where its operation is one that deviates. */
  function faultOf(request: FastifyRequest): Fault | undefined {
    const fault = request.sandbox?.fault;
    const { operation } = request.routeOptions.config;
    return fault !== undefined &&
      operation !== undefined &&
      fault.operations.includes(roles.kindOf(operation))
      ? fault
      : undefined;
  }

  function context(request: FastifyRequest, call: Call | undefined): FaultContext {
    const { operation } = request.routeOptions.config;
    const kind = operation === undefined ? "list" : roles.kindOf(operation);
    const { authorization } = request.headers;
    return { model, store, kind, instance: description.name, authorization, call };
  }

  /** Sends an answer as the request's fault makes it. */
  function finish(
    request: FastifyRequest,
    reply: FastifyReply,
    answer: Answer,
    call: Call | undefined,
  ): void {
    const fault = faultOf(request);
    if (fault === undefined) {
      send(reply, answer);
      return;
    }
    const faulty = fault.answer?.(answer, context(request, call)) ?? answer;
    if (fault.delivery === "reset") {
      reply.hijack();
      request.raw.socket.resetAndDestroy();
    } else if (fault.delivery === undefined) send(reply, faulty);
    else delayed(reply, fault.delivery.delay, () => send(reply, faulty));
  }

  function callOf(request: FastifyRequest, operation: Operation, form: Call["form"]): Call {
    const { url } = request.raw;
    const query = url?.indexOf("?") ?? -1;
    return {
      operation,
      account: request.sandbox?.account ?? -1,
      id: idOf(operation, request.params as Record<string, string>),
      query: query === -1 || url === undefined ? [] : [...new URLSearchParams(url.slice(query + 1))],
      form,
      base: originOfRequest(request) + api,
    };
  }

  function serve(
    request: FastifyRequest,
    reply: FastifyReply,
    operation: Operation,
    form: Call["form"],
  ): void {
    const kind = roles.kindOf(operation);
    const call = callOf(request, operation, form);
    const fault = faultOf(request);
    if (fault === undefined) {
      send(reply, service[kind](call));
      return;
    }
    const about = context(request, call);
    const faulty: Service =
      fault.store === undefined ? service : createService(model, fault.store(store, about), options.now);
    const answer = faulty[kind](fault.understand?.(call, about) ?? call);
    finish(request, reply, answer, call);
  }

  for (const operation of description.operations) {
    const withForm = operation.body !== undefined;
    app.route({
      method: operation.method,
      url: `/api${operation.path.replace(/\{(.+?)\}/g, ":$1")}`,
      exposeHeadRoute: false,
      config: { operation, secured: operation.secured },
      handler: withForm
        ? async (request, reply) => {
            const body = request.body instanceof Buffer ? request.body : Buffer.alloc(0);
            const { fields } = await parseForm(request.headers["content-type"], body);
            serve(request, reply, operation, fields);
            return reply;
          }
        : (request, reply) => serve(request, reply, operation, []),
    });
  }
  app.get("/_health", { exposeHeadRoute: false }, (_request, reply) =>
    send(reply, json(200, JSON.stringify({ status: "ok", instance: description.name }))),
  );
  app.delete("/_reset", { config: { secured: true } }, (request, reply) => {
    store.clear(request.sandbox?.account ?? -1);
    send(reply, empty());
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
    if (error instanceof FormError) finish(request, reply, failure(400, error.message), undefined);
    else if (error instanceof StoreError) {
      request.log.error(error.message);
      finish(
        request,
        reply,
        failure(500, "The database of the sandbox failed; nothing was changed."),
        undefined,
      );
    } else answerError(error, reply);
  });
  done();
};

declare module "fastify" {
  interface FastifyContextConfig {
    operation?: Operation;
    secured?: boolean;
  }
}

function send(reply: FastifyReply, { status, headers, body }: Answer): void {
  reply.code(status).headers(headers);
  reply.send(body === "" ? undefined : body);
}

/** The id in a path; what is no id names no handler. */
function idOf(operation: Operation, parameters: Record<string, string>): number | undefined {
  const { values, problems } = validatePathParameters(operation, parameters);
  const [id] = Object.values(values);
  return problems.length === 0 && typeof id === "number" ? id : undefined;
}

function unknownFault({ faults, model }: InstanceOptions): Answer {
  const names = [...(faults?.values() ?? [])]
    .filter((it) => it.appliesTo?.(model) !== false)
    .map((it) => it.name);
  return failure(400, `${faultHeader} names no fault of this instance; there are ${names.join(", ")}.`);
}

/** Waits before an answer; a server that closes does not wait: it ends those connections. */
function holdBack(
  app: FastifyInstance,
): (reply: FastifyReply, milliseconds: number, then: () => void) => void {
  const waiting = new Map<NodeJS.Timeout, FastifyReply>();
  app.addHook("preClose", (closed) => {
    for (const [timer, reply] of waiting) {
      clearTimeout(timer);
      reply.raw.destroy();
    }
    closed();
  });
  return (reply, milliseconds, then) => {
    const timer = setTimeout(() => {
      waiting.delete(timer);
      then();
    }, milliseconds);
    waiting.set(timer, reply);
  };
}
