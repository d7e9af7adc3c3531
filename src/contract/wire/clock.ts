/** The clock of the checks. Tests pass one that does not wait. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Waits this many milliseconds, or until the signal aborts. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

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
      const timer = setTimeout(done, milliseconds + 1);
      signal?.addEventListener("abort", done);
      if (signal?.aborted) done();
    }),
};
