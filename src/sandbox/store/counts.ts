/** A change of how many handlers of a type an account has, enabled (1) or disabled (0). */
export interface CountChange {
  readonly type: string;
  readonly enabled: number;
  readonly by: number;
}

/**
 * Adds up the changes that new handlers make to the counts: one for each type and state. They are sorted, so that two writers never deadlock.
 */
export function sumOf(
  handlers: Iterable<{ readonly type: string; readonly enabled: boolean }>,
): CountChange[] {
  const sums = new Map<string, CountChange>();
  for (const { type, enabled } of handlers) {
    const key = `${type} ${enabled}`;
    sums.set(key, { type, enabled: enabled ? 1 : 0, by: (sums.get(key)?.by ?? 0) + 1 });
  }
  return [...sums].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, change]) => change);
}
