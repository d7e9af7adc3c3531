const runsOf = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Runs a function when a signal aborts; at once if it has aborted already.
 *
 * All calls on one signal share one event listener, since Node warns of a leak at more than ten. The last one to be released removes it.
 * (The `signal` option of `addEventListener` is no alternative: Node may lose it to garbage collection.)
 *
 * @returns the function that releases it
 */
export function onAbort(signal: AbortSignal, run: () => void): () => void {
  if (signal.aborted) {
    run();
    return () => {};
  }
  const runs = runsOf.get(signal) ?? new Set();
  runsOf.set(signal, runs);
  if (runs.size === 0) signal.addEventListener("abort", runAll);
  runs.add(run);
  return () => {
    runs.delete(run);
    if (runs.size === 0) signal.removeEventListener("abort", runAll);
  };
}

function runAll(this: AbortSignal): void {
  for (const run of runsOf.get(this) ?? []) run();
}
