import type { FastifyReply, FastifyRequest } from "fastify";
import type { Preferences } from "../preferences/index.ts";
import type { OwnRequest } from "../workbench/index.ts";
import type { Answer } from "./answer.ts";
import type { Fault, FaultContext } from "./faults/fault.ts";
import type { Instance, Route } from "./instance.ts";
import type { Call } from "./service.ts";

/** What is known of a request that may pass. */
export interface State {
  readonly instance: Instance;
  /** Undefined if the request is not for an operation of the contract. */
  readonly route: Route | undefined;
  /** The id in the path. */
  readonly id: number | undefined;
  /** The fault for the request's operation. */
  readonly fault: Fault | undefined;
  /** The preferences for an answer from the contract; undefined for an answer from stored data. */
  readonly answerFromContract: Partial<Preferences> | undefined;
  /** The workbench operation, if the request is for the workbench and not for the API. */
  readonly own: OwnRequest | undefined;
  account: number | undefined;
}

declare module "fastify" {
  interface FastifyRequest {
    sandbox: State | null;
  }
}

/** What a fault gets to know of a request. */
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

/** Sends an answer as it is. */
export function send(reply: FastifyReply, { status, headers, body }: Answer<string | Buffer>): void {
  const { noted, headers: asked } = reply.request;
  // Other headers are only added for requests with Origin or Prefer.
  if (noted !== null && asked.origin === undefined && asked.prefer === undefined)
    noted.answerHeaders = headers;
  reply
    .code(status)
    .headers(headers)
    .send(body.length === 0 ? undefined : body);
}
