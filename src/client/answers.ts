import { type InstanceError, NotificationHandlersError, type Trace, withoutKey } from "./errors.ts";
import { parseRetryAfter } from "./retry.ts";
import { kindOf } from "./values.ts";

/** The parts that an answer must have: an empty list for each list, an empty object for each object. */
export type Parts = Record<string, object>;

/** The error of an answer with an error status. */
export function httpFailure(
  { status, headers }: Response,
  body: unknown,
  trace: Trace,
): NotificationHandlersError {
  const listed = (body as { errors?: unknown } | undefined)?.errors;
  const errors = (Array.isArray(listed) ? listed : []).map(
    (error): InstanceError => ({ title: withoutKey(`${error?.title}`, trace), status: +error?.status }),
  );
  const said = [status, ...errors.map((error) => error.title)].join(" - ");
  const retryAfter = parseRetryAfter(headers.get("Retry-After"));
  return new NotificationHandlersError("http", said, { ...trace, errors, retryAfter });
}

/**
 * Sees that an answer has the top level that the contract describes. What is deeper is left to the caller: one odd handler must not
 * hide the others.
 *
 * @throws {NotificationHandlersError} `unexpected_shape` when a part is missing
 */
export function checkShape(answer: unknown, trace: Trace, parts: Parts): void {
  for (const name in parts) {
    if (kindOf((answer as Parts | null | undefined)?.[name]) !== kindOf(parts[name])) {
      throw new NotificationHandlersError("unexpected_shape", `the answer lacks ${name}`, trace);
    }
  }
}
