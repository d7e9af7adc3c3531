import type { Journal } from "./journal.ts";

/**
 * How many requests a run may still send. The work leaves enough for the clean-up: to delete each handler of the run, also those
 * that may have come of an unanswered create, and to look at the list once. What is repeated must leave as much.
 */
export class Budget {
  readonly #limit: number;
  readonly #journal: Journal;
  readonly #looksAtTheEnd: number;
  #sent = 0;
  #turnedAway = 0;
  #cleaning = false;

  /** `limit`: the most requests of the run, which mostRequests tells. */
  constructor(limit: number, journal: Journal, write: boolean) {
    this.#limit = limit;
    this.#journal = journal;
    this.#looksAtTheEnd = write ? 1 : 0;
  }

  /** Requests sent so far. */
  get sent(): number {
    return this.#sent;
  }

  /** From now on what was left for the clean-up may be used. */
  startCleaning(): void {
    this.#cleaning = true;
  }

  /** Whether one more request may go; `repeated`: one that was sent before. */
  hasRoom(repeated: boolean): boolean {
    const { left, open } = this.#journal;
    const kept = this.#cleaning && !repeated ? 0 : left.size + open.length + this.#looksAtTheEnd;
    return this.#sent - this.#turnedAway + 1 + kept <= this.#limit;
  }

  send(): void {
    this.#sent++;
  }

  /** The last one was answered with 429, and goes out again. */
  turnAway(): void {
    this.#turnedAway++;
  }
}
