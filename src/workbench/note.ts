import type { FastifyInstance } from "fastify";
import type { OperationKind, Pairs } from "../description/index.ts";
import type { Switch } from "./own-paths.ts";

/** What mocks and sandboxes find out about a request while they answer it; the log needs it. */
export interface Noted {
  operation: OperationKind | undefined;
  /** What is switched on for the request. */
  behaviour: Switch | undefined;
  /** Whether it is refused because of its key. */
  isKeyRefused: boolean;
  /** The fields of its form; undefined if it has none, or an unreadable one. */
  form: Pairs | undefined;
  /** All headers of the answer, if the server knows them. If undefined, the reply is asked for them, which takes longer. */
  answerHeaders: Readonly<Record<string, string>> | undefined;
}

/** The first note about a request, when it arrives. */
export function noteOf(operation: OperationKind, behaviour: Switch | undefined): Noted {
  return { operation, behaviour, isKeyRefused: false, form: undefined, answerHeaders: undefined };
}

declare module "fastify" {
  interface FastifyRequest {
    noted: Noted | null;
  }
}

/** Adds the notes to the app's requests. */
export function addNotes(app: FastifyInstance): void {
  if (!app.hasRequestDecorator("noted")) app.decorateRequest("noted", null);
}
