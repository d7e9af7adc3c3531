import { failure, NotificationHandlersError, type Trace } from "./errors.ts";
import { onAbort } from "./signals.ts";

/** The longest time that timers take, roughly: 31 bits of milliseconds. Node fires a longer one at once. */
const LONGEST_TIMER = 2e9;

/**
 * Runs work that takes a signal, for so many milliseconds at the most. It ends on time, and when the signal of the trace says so, even
 * if the work ignores its own. Without work it is a wait.
 *
 * @param late what to say when the time is up
 * @throws {NotificationHandlersError} `timeout` or `aborted`, and what the work throws
 */
export function within<T>(
  milliseconds: number,
  late: string,
  trace: Trace,
  work?: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const inner = new AbortController();
  return new Promise<T>((resolve, reject) => {
    let release = () => {};
    const fail = (error: unknown) => {
      clearTimeout(timer);
      release();
      // Any reason is cheaper than the exception that is made without one.
      inner.abort("ended");
      reject(error);
    };
    const timer = setTimeout(
      () => fail(new NotificationHandlersError("timeout", late, trace)),
      Math.min(milliseconds, LONGEST_TIMER),
    );
    if (trace.signal) release = onAbort(trace.signal, () => fail(failure(undefined, trace)));
    if (inner.signal.aborted) return;
    work?.(inner.signal).then((result) => {
      clearTimeout(timer);
      release();
      resolve(result);
    }, fail);
  });
}
