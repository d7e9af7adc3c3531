import type { FastifyReply, FastifyRequest } from "fastify";
import type { Answer } from "./answer.ts";
import type { Fault } from "./faults/fault.ts";
import type { Call } from "./service.ts";
import { contextOf, type State, send } from "./state.ts";
import type { Eventual } from "./store/index.ts";

/** Delays an answer, as holdBack does. */
export type Delayed = (milliseconds: number, then: () => void) => void;

/** Sends an answer, changed by the request's fault. */
export type SendAnswer = (
  request: FastifyRequest,
  reply: FastifyReply,
  state: State | null,
  answer: Answer,
  call?: Call,
) => Eventual<void>;

/** Answers are sent at once, unless the fault delays them. */
export function createSendAnswer(delayed: Delayed): SendAnswer {
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

  return (request, reply, state, answer, call) =>
    state?.fault === undefined
      ? send(reply, answer)
      : finishFaulty(request, reply, state, state.fault, answer, call);
}
