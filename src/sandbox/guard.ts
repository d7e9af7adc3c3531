import type { FastifyReply, FastifyRequest } from "fastify";
import { answerError, Refusal, unauthorized } from "../http/index.ts";
import { appliedHeader, headersOf } from "../preferences/index.ts";
import { isQuiet, noteOf, readOwn } from "../workbench/index.ts";
import { failure } from "./answer.ts";
import type { Instance, Route } from "./instance.ts";
import { type HonouredPreferences, readFault, readHonoured } from "./requested.ts";
import type { Delayed, SendAnswer } from "./send-answer.ts";
import { contextOf, type State, send } from "./state.ts";
import { after, type Eventual } from "./store/index.ts";

const keyHint = ", with a key that this sandbox knows";

/** A request to an instance, with the function that continues it. */
interface Arrival {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly instance: Instance;
  readonly next: (error?: Error) => void;
}

/** Lets requests with a valid key pass, and answers the others. */
export interface Guard {
  /** Requests for an operation of the contract. */
  admit(arrival: Arrival, route: Route, id: number | undefined): void;
  /** Requests to the workbench's own paths. They are neither counted nor delayed. */
  admitOwn(arrival: Arrival): void;
}

/** `latency`: the delay of every answer in milliseconds. */
export function createGuard(latency: number, delayed: Delayed, sendAnswer: SendAnswer): Guard {
  /** Finds the account of a request's key, and counts the request. True if it may continue; otherwise it is answered here. */
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
        return after(sendAnswer(request, reply, state, failure(status, titles, headers)), () => false);
      }
      if (instance.rateLimit === undefined || state.own !== undefined) return true;
      return after(instance.rateLimit(account), (wait) => {
        if (wait === undefined) return true;
        const refused = failure(429, "Too many requests in this minute.", { "retry-after": String(wait) });
        return after(sendAnswer(request, reply, state, refused), () => false);
      });
    });
  }

  function pass({ request, reply, next }: Arrival, state: State): void {
    request.sandbox = state;
    settle(() => identify(request, reply, state), next);
  }

  /** Lets a request pass after its delay. */
  function admitNow(
    arrival: Arrival,
    route: Route,
    id: number | undefined,
    wished: HonouredPreferences | undefined,
  ): void {
    const { request, reply, instance } = arrival;
    const switched = request.noted?.behaviour;
    const honoured = wished?.honoured;
    const answerFromContract = wished?.isOfContract ? honoured : undefined;
    // A requested example, or generated data, is reported as honoured where it is made: in contract-answers.ts.
    if (honoured !== undefined)
      reply.headers(appliedHeader(answerFromContract === undefined ? honoured : { delay: honoured.delay }));
    const code = answerFromContract === undefined ? (honoured?.code ?? switched?.status) : undefined;
    // A requested error is given whatever the request is like.
    if (code !== undefined) {
      const cause = honoured?.code === undefined ? "is switched on in the workbench" : "Prefer asked for";
      send(reply, failure(code, `This is the ${code} that ${cause}.`, headersOf(code)));
      return;
    }
    const wanted = readFault(request, instance, switched?.fault);
    if (wanted instanceof Refusal) {
      answerError(wanted, reply);
      return;
    }
    const fault =
      answerFromContract === undefined && wanted?.operations.includes(route.kind) ? wanted : undefined;
    pass(arrival, { instance, route, id, fault, answerFromContract, own: undefined, account: undefined });
  }

  return {
    admit(arrival, route, id) {
      const { request, reply, instance } = arrival;
      const { prefer, authorization } = request.headers;
      const name = instance.model.description.name;
      const switched = isQuiet(request)
        ? undefined
        : instance.behaviours.take(name, authorization, route.kind);
      request.noted = noteOf(route.kind, switched);
      const wished = prefer === undefined ? undefined : readHonoured(String(prefer), route);
      if (wished instanceof Refusal) {
        answerError(wished, reply);
        return;
      }
      const wait = latency + (wished?.honoured.delay ?? switched?.latency ?? 0);
      // Refusals are delayed like any other answer.
      if (wait > 0) delayed(wait, () => admitNow(arrival, route, id, wished));
      else admitNow(arrival, route, id, wished);
    },

    admitOwn(arrival) {
      const { request, reply, instance } = arrival;
      try {
        const own = readOwn(request);
        pass(arrival, {
          instance,
          route: undefined,
          id: undefined,
          fault: undefined,
          answerFromContract: undefined,
          own,
          account: undefined,
        });
      } catch (error) {
        answerError(error, reply);
      }
    },
  };
}

/** Continues with a request that may pass; errors go to the error handler. */
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
