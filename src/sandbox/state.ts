import type { FastifyReply, FastifyRequest } from "fastify";
import type { Preferences } from "../preferences/index.ts";
import type { OwnRequest } from "../workbench/index.ts";
import type { Answer } from "./answer.ts";
import type { Fault, FaultContext } from "./faults/fault.ts";
import type { Instance, Route } from "./instance.ts";
import type { Call } from "./service.ts";

/** What is known of a request that is let pass. */
export interface State {
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

/** What a fault is told of a request. */
export function contextOf(
  { headers }: FastifyRequest,
  { instance, route }: State,
  call?: Call,
): FaultContext {
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

export function send(reply: FastifyReply, { status, headers, body }: Answer<string | Buffer>): void {
  const { noted, headers: asked } = reply.request;
  // Nothing else is added, but for what these ask for.
  if (noted !== null && asked.origin === undefined && asked.prefer === undefined)
    noted.answerHeaders = headers;
  reply
    .code(status)
    .headers(headers)
    .send(body.length === 0 ? undefined : body);
}
