import { type InstanceError, NotificationHandlersError, type Trace, withoutKey } from "./errors.ts";
import { parseRetryAfter } from "./retry.ts";

/** The error of an answer with an error status. */
export function httpFailure(
  { status, statusText, headers }: Response,
  body: unknown,
  trace: Trace,
): NotificationHandlersError {
  const listed: unknown = Object(body).errors;
  const errors = (Array.isArray(listed) ? listed : []).map(
    (error): InstanceError => ({ title: withoutKey(`${error?.title}`, trace), status: error?.status }),
  );
  const said = errors.map((error) => error.title).join("; ") || statusText;
  const retryAfter = parseRetryAfter(headers.get("Retry-After"));
  return new NotificationHandlersError("http", `${status} ${said}`, trace, { errors, retryAfter });
}

/**
 * An answer, once it is seen to have the top level that the contract describes. What is deeper is left to the caller: one odd handler
 * must not hide the others.
 *
 * @param kinds whether each part is a list, by its name
 * @throws {NotificationHandlersError} `invalid_json` when the answer is empty, `unexpected_shape` when a part is missing
 */
export function checkShape<T>(answer: unknown, trace: Trace, kinds: { [K in keyof T]: boolean }): T {
  for (const name in kinds) {
    const part = Object(answer)[name];
    if (typeof part !== "object" || !part || Array.isArray(part) !== kinds[name]) {
      throw new NotificationHandlersError(
        answer === undefined ? "invalid_json" : "unexpected_shape",
        `the answer has no ${kinds[name] ? "list" : "object"} "${name}".`,
        trace,
      );
    }
  }
  return answer as T;
}
