import type { FastifyInstance } from "fastify";
import type { OperationKind, Pairs } from "../description/index.ts";
import type { Switch } from "./workbench.ts";

/** What mocks and sandboxes find out about a request while they answer it. */
export interface Noted {
  operation: OperationKind | undefined;
  /** What is switched on for it. */
  behaviour: Switch | undefined;
  /** Whether it is refused for its key. */
  isKeyRefused: boolean;
  /** The fields of its form; undefined where there is none, or none that can be read. */
  form: Pairs | undefined;
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
