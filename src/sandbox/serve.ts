import type { FastifyReply, FastifyRequest } from "fastify";
import { FormError, parseForm, readPairs } from "../form/index.ts";
import { keyIn, originOfRequest } from "../http/index.ts";
import type { OwnRequest } from "../workbench/index.ts";
import { type Answer, asText } from "./answer.ts";
import type { Fault } from "./faults/fault.ts";
import { type Route, strayFields } from "./instance.ts";
import { answerOwn } from "./own.ts";
import type { SendAnswer } from "./send-answer.ts";
import { type Call, createService, type Service } from "./service.ts";
import { contextOf, type State, send } from "./state.ts";
import { after, type Eventual } from "./store/index.ts";

/** Serves a request that has passed the guard and is completely read. Returns a promise if the answer comes later. */
export type Serve = (request: FastifyRequest, reply: FastifyReply) => Eventual<void>;

/** `origin`: the origin of links; undefined for the host of the request. `prefix`: the path before the instance's name. */
export function createServe(origin: string | undefined, prefix: string, sendAnswer: SendAnswer): Serve {
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
    await sendAnswer(request, reply, state, asText(answer), call);
  }

  function serveOperation(
    request: FastifyRequest,
    reply: FastifyReply,
    state: State,
    route: Route,
  ): Eventual<void> {
    const { instance } = state;
    const { url = "" } = request.raw;
    const form = formOf(request, state, route);
    const mark = url.indexOf("?");
    const call: Call = {
      operation: route.operation,
      account: state.account ?? -1,
      id: state.id,
      query: mark === -1 ? [] : withoutNul(readPairs(url.slice(mark + 1), "query"), "Query parameter"),
      form: withoutNul(form, "Field"),
      base: `${origin ?? originOfRequest(request)}${prefix}/${instance.model.description.name}/api`,
    };
    if (state.answerFromContract !== undefined)
      return after(instance.answerFromContract(call, state.answerFromContract), (it) => send(reply, it));
    if (state.fault !== undefined) return serveFaulty(request, reply, state, state.fault, call);
    const answer: Eventual<Answer<string | Buffer>> = instance.service[route.kind](call);
    return after(answer, (it) => send(reply, it));
  }

  return (request, reply) => {
    const { sandbox: state } = request;
    if (state === null) throw new Error("a request came through that no instance let pass");
    const { own, route } = state;
    if (own !== undefined) return serveOwn(request, reply, state, own);
    if (route === undefined) throw new Error("a request came through that is for nothing");
    return serveOperation(request, reply, state, route);
  };
}

function serveOwn(
  request: FastifyRequest,
  reply: FastifyReply,
  { instance, account = -1 }: State,
  own: OwnRequest,
): Eventual<void> {
  const key = keyIn(request.headers.authorization) ?? "";
  return after(answerOwn(own, { instance, account, key, body: request.body }), (answer) =>
    send(reply, answer),
  );
}

/** The fields of a request's form; empty if the operation takes no body. Throws FormError. */
function formOf(request: FastifyRequest, { instance }: State, { operation }: Route): Call["form"] {
  if (operation.body === undefined) return [];
  const body = request.body instanceof Buffer ? request.body : Buffer.alloc(0);
  const mediaTypes = instance.strict
    ? { mediaTypes: operation.body.contents.map((it) => it.mediaType) }
    : undefined;
  const { fields } = parseForm(request.headers["content-type"], body, mediaTypes);
  if (request.noted !== null) request.noted.form = fields;
  return fields;
}

/** Refuses NUL characters, which databases refuse or cut at. Throws FormError. */
function withoutNul(pairs: Call["form"], what: string): Call["form"] {
  for (const [index, [name, value]] of pairs.entries()) {
    if (name.includes("\0") || value.includes("\0")) {
      throw new FormError("encoding", `${what} ${index + 1} has a NUL character in it.`);
    }
  }
  return pairs;
}
