import { after, type Eventual } from "./store/index.ts";

const minute = 60;

/**
 * Counts requests per account in minutes of the clock. `now`: seconds since 1970. `count` counts a request in the minute of this
 * number, where all who serve the account count theirs. The returned function gives undefined for a request within the limit, else
 * the seconds until the next minute begins.
 */
export function createRateLimit(
  limit: number,
  now: () => number,
  count: (account: number, window: number) => Eventual<number>,
): (account: number) => Eventual<number | undefined> {
  /** The minute in which an account has used up its requests: nobody has to be asked for the others of that minute. */
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
