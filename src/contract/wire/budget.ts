import type { Journal } from "../journal/index.ts";

/**
 * How many requests a run may send beyond its limit: repetitions after lost answers, redirects and for confirmation, and probes of whether
 * the instance is there.
 */
export const repeatsAtMost = 30;

/**
 * How many requests a run may still send. It reserves enough for the clean-up: to delete each handler of the run, including possible ones
 * of unanswered creates, and to read the list once.
 */
export class Budget {
  readonly #limit: number;
  readonly #journal: Journal;
  readonly #looksAtTheEnd: number;
  #sent = 0;
  #turnedAway = 0;
  #repeats = 0;
  #cleaning = false;

  /** `limit`: the most requests of the run, from mostRequests. `creates`: whether there is anything to clean up. */
  constructor(limit: number, journal: Journal, creates: boolean) {
    this.#limit = limit;
    this.#journal = journal;
    this.#looksAtTheEnd = creates ? 1 : 0;
  }

  /** Requests sent so far. */
  get sent(): number {
    return this.#sent;
  }

  /** Makes the reserve for the clean-up available. */
  startCleaning(): void {
    this.#cleaning = true;
  }

  /** Whether one more request may be sent. */
  hasRoom(): boolean {
    const { left, open } = this.#journal;
    const kept = this.#cleaning ? 0 : left.size + open.length + this.#looksAtTheEnd;
    return this.#sent - this.#turnedAway - this.#repeats + 1 + kept <= this.#limit;
  }

  send(): void {
    this.#sent++;
  }

  /** The last request was answered with 429 and is sent again, so it does not count. */
  turnAway(): void {
    this.#turnedAway++;
  }

  /** Whether one more request may be sent beyond the limit. */
  mayRepeat(): boolean {
    return this.#repeats < repeatsAtMost;
  }

  /** The next request is sent beyond the limit. */
  repeat(): void {
    this.#repeats++;
  }
}
