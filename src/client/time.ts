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
  // Aborted when time is up, and at the end of all that has a listener: that stops the work, and takes the listener away.
  const inner = new AbortController();
  const { signal } = inner;
  const outer = trace.signal;
  let timer: ReturnType<typeof setTimeout> | undefined;
  return new Promise<T>((resolve, reject) => {
    const abort = () => reject(failure(undefined, trace));
    if (outer?.aborted) return abort();
    outer?.addEventListener("abort", abort, { signal });
    timer = setTimeout(
      () => {
        reject(new NotificationHandlersError("timeout", "no answer", trace));
        inner.abort(0);
      },
      // Timers take 31 bits of milliseconds, which is a little more than this; a longer time would fire at once.
      Math.min(milliseconds, 2e9),
    );
    work?.(signal).then(resolve, reject);
  }).finally(() => {
    clearTimeout(timer);
    // Any reason is cheaper than the exception that is made without one.
    if (outer) inner.abort(0);
  });
}
