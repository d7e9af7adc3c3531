import type { CheckName } from "./check-name.ts";

/** Deviations that somebody has decided to live with for a while. */
export interface BaselineFile {
  /** Where an editor finds the JSON Schema of this file. */
  readonly $schema?: string;
  /** The form of this file: 1. */
  readonly version: 1;
  readonly accepted: readonly AcceptedEntry[];
}

/** A deviation that is accepted: which, why, who decided so, and until when. */
export interface AcceptedEntry {
  /**
   * The instance, by the name that reports have for it. Left out: every instance that the file is used for.
   * @minLength 1
   */
  readonly instance?: string;
  /** The check that fails, as `--list` names it. */
  readonly check: CheckName;
  /**
   * The id of the operation at which it fails.
   * @minLength 1
   */
  readonly operation: string;
  /**
   * The part of the operation, where the report names one in brackets: a handler type, a parameter.
   * @minLength 1
   */
  readonly subject?: string;
  /**
   * JSON pointer of the statement that is broken, as the report has it. Left out: any statement at that place.
   * @minLength 1
   */
  readonly statement?: string;
  /**
   * The cause, where the report has one: the entry then holds for all places at which the same cause shows.
   * @minLength 1
   */
  readonly cause?: string;
  /**
   * Why it is accepted, in the words of the person who decided it.
   * @minLength 1
   */
  readonly reason: string;
  /**
   * Who decided so.
   * @minLength 1
   */
  readonly decided_by: string;
  /**
   * The last day on which it is accepted, in UTC, as YYYY-MM-DD.
   * @pattern ^\d{4}-\d{2}-\d{2}$
   */
  readonly expires: string;
}
