import type { Statement } from "../../description/index.ts";
import type { CheckName } from "./check-name.ts";

/**
 * The severity of a finding. `failure`: a documented statement is broken. `warning`: an inferred statement is broken. `unprovable`: the
 * instance made the check impossible. `note`: something that the contract does not mention and could be extended by. `accepted`: a failure
 * that is accepted for a while.
 */
export type Level = "failure" | "warning" | "unprovable" | "note" | "accepted";

/** The levels, the most severe first. */
export const levels: readonly Level[] = ["failure", "warning", "unprovable", "accepted", "note"];

/** The more severe of two findings, the first if they are equally severe; and the other one. */
export function bySeverity(one: Finding, other: Finding): [graver: Finding, lesser: Finding] {
  return levels.indexOf(other.level) < levels.indexOf(one.level) ? [other, one] : [one, other];
}

/** Why a failure is accepted, from the baseline. */
export interface Acceptance {
  readonly reason: string;
  readonly decidedBy: string;
  /** The last day, as YYYY-MM-DD. Then the failure counts again. */
  readonly expires: string;
}

/** A result of a check: what was expected and why, what was received instead, and how to reproduce it. */
export interface Finding {
  readonly level: Level;
  readonly check: CheckName;
  /** The operation's id. */
  readonly operation: string;
  /** The part of the operation that was checked (a handler type, a parameter), if it has parts. */
  readonly subject?: string;
  /** One sentence that says what is wrong. */
  readonly message: string;
  readonly expected: Statement;
  /** What was received. */
  readonly got: string;
  /** What the same request received before: it was repeated to confirm the finding. */
  readonly before?: string;
  /** A curl command that repeats the request, with the key as `$NOTIFICATION_HANDLERS_API_KEY`. */
  readonly curl?: string;
  /** The common cause of findings at several places. */
  readonly cause?: string;
  /** The other places with the same cause, if findings are grouped by cause. */
  readonly places?: readonly string[];
  /** The baseline's entry: the failure is accepted, or was until the entry expired. */
  readonly acceptance?: Acceptance;
  /** How often it was found; only the first is reported. */
  readonly times: number;
}

/** Identifies what is wrong, within a report and across reports: the cause, or the place and the statement. */
export function identityOf({ check, operation, subject, cause, expected }: Finding): string {
  return JSON.stringify(cause === undefined ? [check, operation, subject, expected.pointer] : [check, cause]);
}
