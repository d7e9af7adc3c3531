import { NotificationHandlersError, type Trace } from "./errors.ts";

/** The error of a call that the caller's signal ended. */
export function abortedBy({ reason: cause }: AbortSignal, trace: Trace): NotificationHandlersError {
  const code = cause?.name === "TimeoutError" ? "timeout" : "aborted";
  return new NotificationHandlersError(code, "ended by its signal.", trace, { cause });
}

/**
 * Runs work that takes a signal, for so many milliseconds at the most. It ends on time and on abort even if the work ignores its
 * signal. Without work it is a wait, and time is no failure.
 *
 * @throws {NotificationHandlersError} `timeout` or `aborted`, and what the work throws
 */
export function within<T>(
  milliseconds: number,
  outer: AbortSignal | null | undefined,
  trace: Trace,
  work?: (signal: AbortSignal) => Promise<T>,
): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const inner = new AbortController();
    const end = (error?: NotificationHandlersError) => {
      clearTimeout(timer);
      outer?.removeEventListener("abort", abort);
      if (error) {
        reject(error);
        inner.abort(error);
      }
    };
    const abort = () => end(abortedBy(outer as AbortSignal, trace));
    const timer = setTimeout(
      () => {
        end(work && new NotificationHandlersError("timeout", `no answer within ${milliseconds} ms.`, trace));
        resolve(undefined);
      },
      // Timers take 31 bits of milliseconds; a longer time would fire at once.
      Math.min(milliseconds, 2 ** 31 - 1),
    );
    if (outer?.aborted) return abort();
    outer?.addEventListener("abort", abort);
    work?.(inner.signal)
      .then(resolve, reject)
      .then(() => end());
  });
}
