import { NotificationHandlersError, type Where } from "./errors.ts";

/** Timers take 31 bits of milliseconds; a larger time would fire at once. */
const LONGEST = 2 ** 31 - 1;

/** The error of a call that the caller's signal ended. */
export function abortedBy(signal: AbortSignal, where: Where): NotificationHandlersError {
  const details = { ...where, cause: signal.reason };
  return signal.reason?.name === "TimeoutError"
    ? new NotificationHandlersError("timeout", "the signal's time was up.", details)
    : new NotificationHandlersError("aborted", "the signal ended the call.", details);
}

/**
 * Runs work that takes a signal, for so many milliseconds at the most. It ends on time and on abort even if the work ignores its
 * signal.
 *
 * @param late makes the error when the time is up
 */
export function within<T>(
  milliseconds: number,
  outer: AbortSignal | undefined,
  where: Where,
  late: () => NotificationHandlersError,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    if (outer?.aborted) return reject(abortedBy(outer, where));
    const inner = new AbortController();
    const clear = () => {
      clearTimeout(timer);
      outer?.removeEventListener("abort", abort);
    };
    const stop = (error: NotificationHandlersError) => {
      clear();
      reject(error);
      inner.abort(error);
    };
    const abort = () => stop(abortedBy(outer as AbortSignal, where));
    const timer = setTimeout(() => stop(late()), Math.min(milliseconds, LONGEST));
    outer?.addEventListener("abort", abort);
    work(inner.signal).then(
      (value) => {
        clear();
        resolve(value);
      },
      (error) => {
        clear();
        reject(error);
      },
    );
  });
}

/** Waits for so many milliseconds, or until the signal ends the wait. */
export function wait(milliseconds: number, signal: AbortSignal | undefined, where: Where): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(abortedBy(signal, where));
    const abort = () => {
      clearTimeout(timer);
      reject(abortedBy(signal as AbortSignal, where));
    };
    const timer = setTimeout(
      () => {
        signal?.removeEventListener("abort", abort);
        resolve();
      },
      Math.min(milliseconds, LONGEST),
    );
    signal?.addEventListener("abort", abort, { once: true });
  });
}
