/** In one piece, since the functions of the plugin share what it was registered with. */
import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from "fastify";
import { type Match, nearest, pathsOf } from "../description/index.ts";
import { isQuiet, type OwnRequest, readOwn, takesNotes } from "../eyes/index.ts";
import { FormError, parseForm, readPairs } from "../form/index.ts";
import {
  allowOrigin,
  answerError,
  answerPreflight,
  holdBack,
  isPreflight,
  keyIn,
  originOfRequest,
  pathOf,
  Refusal,
  unauthorized,
} from "../http/index.ts";
import { appliedHeader, headersOf, type Preferences } from "../preferences/index.ts";
import { type Answer, asText, failure } from "./answer.ts";
import { toldOf, unprepared } from "./failures.ts";
import type { Fault, FaultContext } from "./faults/fault.ts";
import { health } from "./health.ts";
import { type Instance, type Route, strayFields } from "./instance.ts";
import { answerOwn } from "./own.ts";
import { type Call, createService, type Service } from "./service.ts";
import { after, type Eventual } from "./store/index.ts";
import { readFault, readWishes } from "./wishes.ts";

/** What the plugin serves. */
export interface InstancesOptions {
  /** By its name, what prepares each instance: called at each request to it, so that it has to remember what it made. */
  readonly instances: ReadonlyMap<string, () => Instance>;
  /** What links begin with; undefined where that is the host of the request. */
  readonly origin?: string | undefined;
  /** Milliseconds that each answer waits. */
  readonly latency: number;
}

const keyHint = ", with a key that this sandbox knows";

/** What is known of a request that is let pass. */
interface State {
  readonly instance: Instance;
  /** Undefined where what is asked for is no operation of the contract. */
  readonly route: Route | undefined;
  /** The id that the path names. */
  readonly id: number | undefined;
  /** The fault that the request's operation has. */
  readonly fault: Fault | undefined;
  /** What is wanted of the contract's own answer; undefined where what is stored is answered. */
  readonly ofContract: Partial<Preferences> | undefined;
  /** What is asked of the workbench, where the request is for that and not for the API. */
  readonly own: OwnRequest | undefined;
  account: number | undefined;
}

declare module "fastify" {
  interface FastifyRequest {
    sandbox: State | null;
  }
}

/**
 * Serves each instance at `<instance>` below the plugin's prefix: the API at `/api`, `/_health` (GET, no key: whether the database answers), and the workbench's own
 * paths (src/eyes/openapi.yaml). An instance is prepared when it is asked for.
 */
export const instancesPlugin: FastifyPluginCallback<InstancesOptions> = (app, options, done) => {
  const { instances, origin, latency } = options;
  if (!app.hasRequestDecorator("sandbox")) app.decorateRequest("sandbox", null);
  takesNotes(app);
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
      return send(
        reply,
        failure(
          404,
          `There is no sandbox at ${pathOf(request.url)}: ${names}, each at ${app.prefix}/<name>/api.`,
        ),
      );
    }
    let instance: Instance;
    try {
      instance = prepare();
    } catch (error) {
      return send(reply, unprepared(request, name, error));
    }
    const isOwn = segments.length === depth + 2;
    if (part === "_health" && isOwn && method === "GET") {
      void health(instance.store, { instance: name }).then((answer) => send(reply, answer));
      return;
    }
    if (part.startsWith("_")) return guardOwn(request, reply, next, instance);
    const path = `/${segments.slice(depth + 2).join("/")}`;
    const match: Match =
      part === "api" && segments.length > depth + 2
        ? instance.model.description.matchOperation(method === "HEAD" ? "OPTIONS" : method, path)
        : { kind: "unknown-path" };
    if (match.kind === "unknown-path") {
      const { description } = instance.model;
      const there = part === "api" ? pathsOf(description) : `the API is at ${app.prefix}/${name}/api`;
      return send(reply, failure(404, `There is nothing at ${pathOf(request.url)}: ${there}.`));
    }
    if (match.kind !== "operation") {
      // The contract's own methods: HEAD and OPTIONS are none of them.
      const allow = match.allow.filter((it) => it !== "HEAD" && it !== "OPTIONS").join(", ");
      return send(reply, failure(405, `This path takes ${allow}, not ${method}.`, { allow }));
    }
    const route = instance.routes.get(match.operation);
    if (route === undefined) throw new Error(`${match.operation.id} has no route`);
    guard(request, reply, next, instance, route, route.idOf(match.parameters));
  });

  /** Lets requests for the workbench's own paths pass that come with a good key. They are neither counted nor held back. */
  function guardOwn(
    request: FastifyRequest,
    reply: FastifyReply,
    next: () => void,
    instance: Instance,
  ): void {
    try {
      const own = readOwn(request);
      const state: State = {
        instance,
        route: undefined,
        id: undefined,
        fault: undefined,
        ofContract: undefined,
        own,
        account: undefined,
      };
      request.sandbox = state;
      settle(() => identify(request, reply, state), next);
    } catch (error) {
      answerError(error, reply);
    }
  }

  /** Lets requests with a good key pass. */
  function guard(
    request: FastifyRequest,
    reply: FastifyReply,
    next: () => void,
    instance: Instance,
    route: Route,
    id: number | undefined,
  ): void {
    const { kind } = route;
    const { prefer, authorization } = request.headers;
    const name = instance.model.description.name;
    const switched = isQuiet(request) ? undefined : instance.behaviours.take(name, authorization, kind);
    request.noted = { operation: kind, behaviour: switched, isKeyRefused: false, form: undefined };
    const wished = prefer === undefined ? undefined : readWishes(String(prefer), route);
    if (wished instanceof Refusal) {
      answerError(wished, reply);
      return;
    }
    const honoured = wished?.honoured;
    const wait = latency + (honoured?.delay ?? switched?.latency ?? 0);
    const admit = () => {
      if (honoured !== undefined) reply.headers(appliedHeader(honoured));
      const ofContract = wished?.isOfContract ? honoured : undefined;
      const code = ofContract === undefined ? (honoured?.code ?? switched?.status) : undefined;
      // It comes whatever the request is like: that is what it is asked for.
      if (code !== undefined) {
        const cause = honoured?.code === undefined ? "is switched on in the workbench" : "Prefer asked for";
        return send(reply, failure(code, `This is the ${code} that ${cause}.`, headersOf(code)));
      }
      const wanted = readFault(request, instance, switched?.fault);
      if (wanted instanceof Refusal) {
        answerError(wanted, reply);
        return;
      }
      const fault = ofContract === undefined && wanted?.operations.includes(kind) ? wanted : undefined;
      const state: State = { instance, route, id, fault, ofContract, own: undefined, account: undefined };
      request.sandbox = state;
      settle(() => identify(request, reply, state), next);
    };
    // Refusals take as long as any other answer.
    if (wait > 0) delayed(wait, admit);
    else admit();
  }

  /** Finds the account of a request's key, and counts the request. True where it may go on; otherwise it is answered here. */
  function identify(request: FastifyRequest, reply: FastifyReply, state: State): Eventual<boolean> {
    const { instance, fault } = state;
    const { authorization } = request.headers;
    const admitted = after(
      after(instance.fill(), () => instance.accountOf(authorization)),
      (account) => account ?? fault?.admit?.(contextOf(request, state)),
    );
    return after(admitted, (account) => {
      state.account = account;
      if (account === undefined) {
        if (request.noted !== null) request.noted.isKeyRefused = true;
        const { status, titles, headers } = unauthorized(authorization, keyHint);
        return after(finish(request, reply, state, failure(status, titles, headers)), () => false);
      }
      if (instance.rateLimit === undefined || state.own !== undefined) return true;
      return after(instance.rateLimit(account), (wait) => {
        if (wait === undefined) return true;
        const refused = failure(429, "Too many requests in this minute.", { "retry-after": String(wait) });
        return after(finish(request, reply, state, refused), () => false);
      });
    });
  }

  /** Sends an answer as the request's fault makes it. */
  function finish(
    request: FastifyRequest,
    reply: FastifyReply,
    state: State | null,
    answer: Answer,
    call?: Call,
  ): Eventual<void> {
    if (state?.fault === undefined) return send(reply, answer);
    return finishFaulty(request, reply, state, state.fault, answer, call);
  }

  async function finishFaulty(
    request: FastifyRequest,
    reply: FastifyReply,
    state: State,
    fault: Fault,
    answer: Answer,
    call?: Call,
  ): Promise<void> {
    const faulty = (await fault.answer?.(answer, contextOf(request, state, call))) ?? answer;
    if (fault.delivery === "reset") {
      request.server.keepBroken?.(request, reply);
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
  ): Eventual<void> {
    const { instance } = state;
    const { url = "" } = request.raw;
    const mark = url.indexOf("?");
    const call: Call = {
      operation: route.operation,
      account: state.account ?? -1,
      id: state.id,
      query: mark === -1 ? [] : withoutNul(readPairs(url.slice(mark + 1), "query"), "Query parameter"),
      form: withoutNul(form, "Field"),
      base: `${origin ?? originOfRequest(request)}${app.prefix}/${instance.model.description.name}/api`,
    };
    if (state.ofContract !== undefined)
      return after(instance.ofContract(call, state.ofContract), (it) => send(reply, it));
    if (state.fault !== undefined) return serveFaulty(request, reply, state, state.fault, call);
    const answer: Eventual<Answer<string | Buffer>> = instance.service[route.kind](call);
    return after(answer, (it) => send(reply, it));
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
    await finish(request, reply, state, asText(answer), call);
  }

  /** Nothing is returned to the framework: it would wait for a reply by listening to its stream, which costs microseconds. */
  function handle(request: FastifyRequest, reply: FastifyReply): void {
    const { sandbox: state } = request;
    if (state === null) throw new Error("a request came through that no instance let pass");
    const later =
      state.own === undefined
        ? serveOperation(request, reply, state)
        : serveOwn(request, reply, state, state.own);
    if (later instanceof Promise) later.catch((error: unknown) => reply.send(error));
  }

  function serveOwn(
    request: FastifyRequest,
    reply: FastifyReply,
    state: State,
    own: OwnRequest,
  ): Eventual<void> {
    const { instance, account = -1 } = state;
    const key = keyIn(request.headers.authorization) ?? "";
    return after(answerOwn(own, { instance, account, key, body: request.body }), (answer) =>
      send(reply, answer),
    );
  }

  function serveOperation(request: FastifyRequest, reply: FastifyReply, state: State): Eventual<void> {
    const { route } = state;
    if (route === undefined) throw new Error("a request came through that is for nothing");
    let fields: Call["form"] = [];
    if (route.operation.body !== undefined) {
      const body = request.body instanceof Buffer ? request.body : Buffer.alloc(0);
      const mediaTypes = state.instance.strict
        ? { mediaTypes: route.operation.body.contents.map((it) => it.mediaType) }
        : undefined;
      ({ fields } = parseForm(request.headers["content-type"], body, mediaTypes));
      if (request.noted !== null) request.noted.form = fields;
    }
    return serve(request, reply, state, route, fields);
  }
  app.all("/*", handle);
  // Methods that the framework has no routes for come here, and are answered above.
  app.setNotFoundHandler(handle);

  app.setErrorHandler((error, request, reply) => {
    const { sandbox: state } = request;
    const answer = (refusal: Answer) => {
      const sent = finish(request, reply, state, refusal);
      if (sent instanceof Promise) sent.catch((failed: unknown) => answerError(failed, reply));
    };
    const told = toldOf(error, request, state?.instance.model);
    if (told === undefined) answerError(error, reply);
    else answer(told);
  });
  done();
};

/** Goes on with a request that may; what failed goes to the error handler. */
function settle(identify: () => Eventual<boolean>, next: (error?: Error) => void): void {
  let mayGoOn: Eventual<boolean>;
  try {
    mayGoOn = identify();
  } catch (error) {
    next(error as Error);
    return;
  }
  if (mayGoOn === true) next();
  else if (mayGoOn instanceof Promise) mayGoOn.then((may) => may && next(), next);
}

/** A segment of a path; empty where there is none, or none that is UTF-8. */
function decoded(segment = ""): string {
  if (!segment.includes("%")) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return "";
  }
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

/** No text of an instance has a NUL, which databases refuse or cut at. Throws FormError. */
function withoutNul(pairs: Call["form"], what: string): Call["form"] {
  for (const [index, [name, value]] of pairs.entries()) {
    if (name.includes("\0") || value.includes("\0")) {
      throw new FormError("encoding", `${what} ${index + 1} has a NUL character in it.`);
    }
  }
  return pairs;
}
