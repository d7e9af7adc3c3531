import { after, type Eventual } from "./store/index.ts";

const minute = 60;

/**
 * Limits requests per account and minute of the clock. `now`: seconds since 1970. `count` counts a request in a minute, identified by its
 * number; all processes that serve the account share the count. The returned function gives undefined for a request within the limit,
 * otherwise the seconds until the next minute.
 */
export function createRateLimit(
  limit: number,
  now: () => number,
  count: (account: number, window: number) => Eventual<number>,
): (account: number) => Eventual<number | undefined> {
  /** The minute in which an account has reached its limit: further requests in it need no counting. */
  const usedUp = new Map<number, number>();
  return (account) => {
    const time = now();
    const window = Math.floor(time / minute);
    const wait = (window + 1) * minute - time;
    if (usedUp.get(account) === window) return wait;
    return after(count(account, window), (requests) => {
      if (requests <= limit) return undefined;
      usedUp.set(account, window);
      return wait;
    });
  };
}
