import type { FastifyRequest } from "fastify";
import { BundleError } from "../description/index.ts";
import { FormError } from "../form/index.ts";
import { type Answer, failure } from "./answer.ts";
import { type Model, SandboxModelError } from "./model.ts";
import { StoreAwayError, StoreError, StorePageError } from "./store/index.ts";

const awayTitle = "The database of the sandbox does not answer.";

const unknownOutcome = "It is unknown whether the change was made: check before you send it again.";

/**
 * The answer to an error that occurred while a request was served; undefined for errors that are not the sandbox's own. Logs errors that
 * are not the client's fault.
 */
export function answerToError(
  error: unknown,
  request: FastifyRequest,
  model: Model | undefined,
): Answer | undefined {
  if (error instanceof FormError) return failure(400, error.message);
  if (error instanceof StorePageError)
    return failure(400, `${error.message} Ask for a smaller ${model?.list.pageSize}.`);
  if (error instanceof StoreAwayError) {
    request.log.error(error.message);
    const title = request.method === "GET" ? awayTitle : `${awayTitle} ${unknownOutcome}`;
    return failure(503, title, { "retry-after": "1" });
  }
  if (error instanceof StoreError) {
    request.log.error(error.message);
    return failure(500, "The database of the sandbox failed; nothing was changed.");
  }
  return undefined;
}

/** The answer to a request for an instance that can't be prepared. */
export function unprepared(request: FastifyRequest, name: string, error: unknown): Answer {
  request.log.error({ err: error }, `The sandbox of ${name} can't be prepared`);
  const isKnown = [BundleError, SandboxModelError, StoreError].some((type) => error instanceof type);
  return failure(
    500,
    isKnown ? (error as Error).message : `The sandbox of ${name} can't be prepared: the log says why.`,
  );
}
