import type { FastifyReply, FastifyRequest } from "fastify";
import type { Description } from "../description/index.ts";
import { keyIn, unauthorized } from "../http/index.ts";
import {
  type Behaviour,
  type Behaviours,
  checkBehaviour,
  choicesOf,
  ownerOf,
  readJson,
  readOwn,
} from "../workbench/index.ts";

/** A mock has no faults: its answers are the contract's examples. */
const noFaults = () => [];

/** Answers a request to one of the workbench's own operations (src/workbench/openapi.yaml). Throws a Refusal for what can't be done. */
export function answerOwn(
  request: FastifyRequest,
  reply: FastifyReply,
  description: Description,
  behaviours: Behaviours,
): FastifyReply {
  const { operation } = readOwn(request);
  const { authorization } = request.headers;
  const key = keyIn(authorization);
  if (key === undefined) throw unauthorized(authorization, ", with any text as the key here");
  const owner = ownerOf(key);
  switch (operation.id) {
    case "getBehaviour": {
      const behaviour = behaviours.get(description.name, owner);
      return reply.send({ behaviour, choices: choicesOf(description, noFaults) });
    }
    case "setBehaviour": {
      const behaviour = readJson(operation, request.body) as Behaviour;
      checkBehaviour(behaviour, description, noFaults);
      behaviours.set(description.name, owner, behaviour);
      return reply.code(204).send();
    }
    case "clearBehaviour":
      behaviours.set(description.name, owner, {});
      return reply.code(204).send();
    case "reset":
      behaviours.set(description.name, owner, {});
      return reply.send();
    default:
      throw new Error(`nothing answers ${operation.id}`);
  }
}
