import { failure, NotificationHandlersError, type RequestContext } from "./errors.ts";
import { onAbort } from "./signals.ts";

/** The longest timer, roughly: timers take 31 bits of milliseconds, and Node fires a longer one at once. */
const LONGEST_TIMER = 2e9;

/**
 * Runs work with a signal and a time limit. It ends on time, or when the context's signal aborts, even if the work ignores its own signal.
 * Without work it is a wait.
 *
 * @param late the message when the time is up
 * @throws {NotificationHandlersError} `timeout` or `aborted`, and what the work throws
 */
export function within<T>(
  milliseconds: number,
  late: string,
  context: RequestContext,
  work?: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const inner = new AbortController();
  return new Promise<T>((resolve, reject) => {
    let release = () => {};
    const fail = (error: unknown) => {
      clearTimeout(timer);
      release();
      // Any reason is cheaper than the default, which creates an exception.
      inner.abort("ended");
      reject(error);
    };
    const timer = setTimeout(
      () => fail(new NotificationHandlersError("timeout", late, context)),
      // A deadline may be over before an attempt begins, and Node warns of negative times.
      Math.max(0, Math.min(milliseconds, LONGEST_TIMER)),
    );
    if (context.signal) release = onAbort(context.signal, () => fail(failure(undefined, context)));
    if (inner.signal.aborted) return;
    work?.(inner.signal).then((result) => {
      clearTimeout(timer);
      release();
      resolve(result);
    }, fail);
  });
}
