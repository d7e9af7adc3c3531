const minute = 60;

/**
 * Counts requests per account in windows of one minute. `now`: seconds since 1970. The returned function gives undefined for a
 * request within the limit, else the seconds until the next window begins.
 */
export function createRateLimit(limit: number, now: () => number): (account: number) => number | undefined {
  const counts = new Map<number, number>();
  let windowEnd = 0;
  return (account) => {
    const time = now();
    if (time >= windowEnd) {
      counts.clear();
      windowEnd = time + minute;
    }
    const count = (counts.get(account) ?? 0) + 1;
    counts.set(account, count);
    return count <= limit ? undefined : windowEnd - time;
  };
}
