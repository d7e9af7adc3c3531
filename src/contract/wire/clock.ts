/** The clock of the checks. Tests pass one that does not wait. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Waits this many milliseconds, or until the signal aborts. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** The longest time that a timer of Node takes, in milliseconds: longer ones fire at once. */
export const longestTimer = 2 ** 31 - 1;

/** The clock of the machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", done);
        resolve();
      };
      // A timer may fire a millisecond early by the clock, and a host would be asked faster than its pace.
      const timer = setTimeout(done, Math.min(milliseconds + 1, longestTimer));
      signal?.addEventListener("abort", done);
      if (signal?.aborted) done();
    }),
};
