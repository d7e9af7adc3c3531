import type { Clock } from "./clock.ts";

const units: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000 };

/** Milliseconds between two requests: 2,000 for `30/m`, 0 for `none`. Undefined if the text is not a rate. */
export function parseRate(text: string): number | undefined {
  if (text === "none") return 0;
  const [, count, unit] = /^([1-9]\d{0,5})\/([smh])$/.exec(text) ?? [];
  return count === undefined || unit === undefined ? undefined : (units[unit] as number) / Number(count);
}

/** When the next request may be sent, in milliseconds since 1970. Runs that call the same host one after the other share one. */
export interface Schedule {
  next: number;
}

/** Keeps a fixed time between requests, and announces each wait. */
export class Pace {
  readonly #interval: number;
  readonly #clock: Clock;
  readonly #onWait: (milliseconds: number, reason: string) => void;
  readonly #schedule: Schedule;

  constructor(
    interval: number,
    clock: Clock,
    onWait: (milliseconds: number, reason: string) => void,
    schedule: Schedule = { next: 0 },
  ) {
    this.#schedule = schedule;
    this.#interval = interval;
    this.#clock = clock;
    this.#onWait = onWait;
  }

  /** Waits until the next request may be sent. */
  async turn(signal?: AbortSignal): Promise<void> {
    const wait = this.#schedule.next - this.#clock.now();
    if (wait > 0) await this.pause(wait, "rate limit", signal);
    this.#schedule.next = this.#clock.now() + this.#interval;
  }

  /** Waits, and says why. Ends early if the signal aborts. */
  async pause(milliseconds: number, reason: string, signal?: AbortSignal): Promise<void> {
    this.#onWait(milliseconds, reason);
    await this.#clock.sleep(milliseconds, signal);
  }
}

/** The longest wait that an instance may ask for, in milliseconds; a longer one ends the run. */
export const longestWait = 60_000;
const waitWithoutHeader = 5_000;

/**
 * How long to wait after a 429, in milliseconds: `Retry-After` in seconds or as a date (RFC 9110, section 10.2.3). Undefined if the
 * instance asks for more than `longestWait`. Without the header, or with an invalid one: five seconds.
 */
export function waitAfter(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? "";
  // Date.parse also reads dates in texts such as "-3" and "in 7".
  const date = /^[A-Z][a-z]+,? /.test(text) ? Date.parse(text) : Number.NaN;
  const wait = /^\d+$/.test(text)
    ? Number(text) * 1_000
    : Number.isNaN(date)
      ? waitWithoutHeader
      : date - now;
  return wait > longestWait ? undefined : Math.max(wait, 0);
}
