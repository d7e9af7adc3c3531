/** How a change moves the number of an account's handlers of a type, enabled (1) or not (0). */
export interface CountChange {
  readonly type: string;
  readonly enabled: number;
  readonly by: number;
}

/** Adds up what handlers do to the counts: one change for each type and state, always in the same order, so that no two writers wait for each other. */
export function sumOf(
  handlers: Iterable<{ readonly type: string; readonly enabled: boolean }>,
  by = 1,
): CountChange[] {
  const sums = new Map<string, CountChange>();
  for (const { type, enabled } of handlers) {
    const key = `${type} ${enabled}`;
    sums.set(key, { type, enabled: enabled ? 1 : 0, by: (sums.get(key)?.by ?? 0) + by });
  }
  return [...sums].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, change]) => change);
}
