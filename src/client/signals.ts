const runsOf = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Runs a function when a signal ends, at once if it has ended before.
 *
 * All calls on one signal share one event listener, since Node takes more than ten for a leak and warns. The last to be released takes
 * the listener away. (The option `signal` of `addEventListener` does not do: Node may lose it to garbage collection.)
 *
 * @returns the function that releases it
 */
export function onAbort(signal: AbortSignal, run: () => void): () => void {
  if (signal.aborted) run();
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
