import { failure, NotificationHandlersError, type Trace } from "./errors.ts";

/**
 * Runs work that takes a signal, for so many milliseconds at the most. It ends on time, and when the signal of the trace says so, even
 * if the work ignores its own. Without work it is a wait.
 *
 * @throws {NotificationHandlersError} `timeout` or `aborted`, and what the work throws
 */
export function within<T>(
  milliseconds: number,
  trace: Trace,
  work?: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const inner = new AbortController();
  const outer = trace.signal;
  let timer: ReturnType<typeof setTimeout> | undefined;
  return new Promise<T>((resolve, reject) => {
    const end = <V>(settle: (value: V) => void, value: V, stop: unknown) => {
      clearTimeout(timer);
      // Stops the work, and takes the listener away. Any reason is cheaper than the exception that is made without one.
      if (stop) inner.abort(0);
      settle(value);
    };
    const abort = () => end(reject, failure(undefined, trace), 1);
    if (outer?.aborted) return abort();
    outer?.addEventListener("abort", abort, inner);
    timer = setTimeout(
      () => end(reject, new NotificationHandlersError("timeout", "timeout", trace), 1),
      // Timers take 31 bits of milliseconds, which is a little more than this; a longer time would fire at once.
      Math.min(milliseconds, 2e9),
    );
    work?.(inner.signal).then(
      (result) => end(resolve, result, outer),
      (error) => end(reject, error, 1),
    );
  });
}
