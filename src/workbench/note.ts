import type { FastifyInstance } from "fastify";
import type { OperationKind, Pairs } from "../description/index.ts";
import type { Switch } from "./description.ts";

/** What mocks and sandboxes find out about a request while they answer it. */
export interface Noted {
  operation: OperationKind | undefined;
  /** What is switched on for it. */
  behaviour: Switch | undefined;
  /** Whether it is refused for its key. */
  isKeyRefused: boolean;
  /** The fields of its form; undefined where there is none, or none that can be read. */
  form: Pairs | undefined;
  /** All headers of the answer, where whoever answers knows them; undefined where the answer has to be asked for them, which takes longer. */
  answerHeaders: Readonly<Record<string, string>> | undefined;
}

/** What is noted of a request when it comes. */
export function noteOf(operation: OperationKind, behaviour: Switch | undefined): Noted {
  return { operation, behaviour, isKeyRefused: false, form: undefined, answerHeaders: undefined };
}

declare module "fastify" {
  interface FastifyRequest {
    noted: Noted | null;
  }
}

/** Lets requests carry what is noted about them. */
export function takesNotes(app: FastifyInstance): void {
  if (!app.hasRequestDecorator("noted")) app.decorateRequest("noted", null);
}
