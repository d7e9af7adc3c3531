import { checkShape, httpFailure } from "./answers.ts";
import type { NotificationHandlersError, Trace } from "./errors.ts";
import type { Exchange, Init } from "./http.ts";
import { type Limits, readLimits } from "./options.ts";
import { retryDelay } from "./retry.ts";
import { within } from "./time.ts";
import type { CallOptions } from "./types.ts";

/**
 * One exchange, as often as the rules allow and within the times allowed.
 *
 * @param kinds the parts that the answer's JSON must have, and whether each is a list; none where there may be no answer
 * @returns the answer's JSON; undefined when a repeated delete finds nothing left to delete
 * @throws {NotificationHandlersError}
 */
export type Call = <T>(
  method: string,
  path: string,
  init: Init,
  kinds: { [K in keyof T]: boolean },
  options: CallOptions | undefined,
) => Promise<T>;

/** The function that makes all calls of a client. */
export function createCall(exchange: Exchange, limits: Limits): Call {
  return async <T>(
    method: string,
    path: string,
    init: Init,
    kinds: { [K in keyof T]: boolean },
    options: CallOptions | undefined,
  ) => {
    const rules = readLimits(options, limits);
    const signal = options?.signal;
    const trace: Trace = { method, path };
    const end = Date.now() + rules.deadline;
    for (let attempt = 1; ; attempt++) {
      try {
        return (await within(Math.min(rules.timeout, end - Date.now()), signal, trace, async (inner) => {
          const { data, error, response } = await exchange(method, path, init, trace, inner);
          if (!response.ok) throw httpFailure(response, error, trace);
          return checkShape(data, trace, kinds);
        })) as T;
      } catch (error) {
        const failure = error as NotificationHandlersError;
        if (attempt > 1 && method === "DELETE" && failure.status === 404) return undefined as T;
        const delay = retryDelay(failure, attempt, method !== "POST", rules);
        // A signal that has ended this attempt has ended the call.
        if (delay === undefined || signal?.aborted || Date.now() + delay >= end) throw error;
        await within(delay, signal, trace);
      }
    }
  };
}
