import type { Journal } from "../journal/index.ts";

/**
 * So many requests of a run go on top of its limit: what goes out again because its answer was lost, was redirected or is to be confirmed,
 * and what is sent to see whether anybody is there.
 */
export const repeatsAtMost = 30;

/**
 * How many requests a run may still send. The work leaves enough for the clean-up: to delete each handler of the run, also those
 * that may have come of an unanswered create, and to look at the list once.
 */
export class Budget {
  readonly #limit: number;
  readonly #journal: Journal;
  readonly #looksAtTheEnd: number;
  #sent = 0;
  #turnedAway = 0;
  #repeats = 0;
  #cleaning = false;

  /** `limit`: the most requests of the run, which mostRequests tells. `creates`: whether it leaves anything to clean up. */
  constructor(limit: number, journal: Journal, creates: boolean) {
    this.#limit = limit;
    this.#journal = journal;
    this.#looksAtTheEnd = creates ? 1 : 0;
  }

  /** Requests sent so far. */
  get sent(): number {
    return this.#sent;
  }

  /** From now on what was left for the clean-up may be used. */
  startCleaning(): void {
    this.#cleaning = true;
  }

  /** Whether one more request may go. */
  hasRoom(): boolean {
    const { left, open } = this.#journal;
    const kept = this.#cleaning ? 0 : left.size + open.length + this.#looksAtTheEnd;
    return this.#sent - this.#turnedAway - this.#repeats + 1 + kept <= this.#limit;
  }

  send(): void {
    this.#sent++;
  }

  /** The last one was answered with 429, and goes out again. */
  turnAway(): void {
    this.#turnedAway++;
  }

  /** Whether one more may go on top of the limit. */
  mayRepeat(): boolean {
    return this.#repeats < repeatsAtMost;
  }

  /** The next one goes on top of the limit. */
  repeat(): void {
    this.#repeats++;
  }
}
