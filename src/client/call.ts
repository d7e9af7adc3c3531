import { checkShape, httpFailure, type Parts } from "./answers.ts";
import type { CallOptions } from "./call-options.ts";
import { failure, type RequestContext } from "./errors.ts";
import { createHttp, type Init } from "./http.ts";
import { readCallOptions, type Settings } from "./options.ts";
import { retryDelay } from "./retry.ts";
import { within } from "./time.ts";

/**
 * One call: a request, repeated as the retry rules and the time limits allow.
 *
 * @param parts the parts that the JSON answer must contain; empty if there may be no answer
 * @returns the answer's JSON; undefined when a repeated delete finds nothing left to delete
 * @throws {NotificationHandlersError}
 */
export type Call = (
  method: string,
  path: string,
  init: Init,
  parts: Parts,
  options: CallOptions | undefined,
) => Promise<unknown>;

/** The openapi-fetch client, and the function that makes the calls of all methods. */
export function createCall(settings: Settings): [http: object, Call] {
  const [http, exchange] = createHttp(settings);
  const call: Call = async (method, path, init, parts, options) => {
    const rules = options ? readCallOptions(options, settings) : settings;
    const { timeout, deadline } = rules;
    const signal = options?.signal;
    const started = Date.now();
    const end = started + deadline;
    for (let attempts = 1; ; attempts++) {
      const context: RequestContext = { method, path, signal, started, attempts };
      const left = end - Date.now();
      const late =
        timeout < left
          ? `no answer within ${timeout} ms (option timeout)`
          : `no answer within ${deadline} ms (option deadline)`;
      try {
        const { data, error, response } = await within(Math.min(timeout, left), late, context, (inner) =>
          exchange(method, path, init, context, inner),
        );
        if (!response.ok) throw httpFailure(response, error, context);
        checkShape(data, context, parts);
        return data;
      } catch (error) {
        const failed = failure(error, context);
        if (attempts > 1 && method === "DELETE" && failed.status === 404) return;
        const delay = retryDelay(failed, attempts, rules);
        const isLast = delay === undefined || !(Date.now() + delay < end);
        // A signal that has ended this attempt has ended the call.
        if (isLast || signal?.aborted) throw failed;
        // If the signal ends the wait, the next attempt ends at once.
        await within(delay, "", context).catch(() => {});
      }
    }
  };
  return [http, call];
}
