import type { Statement } from "../../description/index.ts";
import type { CheckName } from "./check-name.ts";

/**
 * How grave a finding is. `failure`: a documented statement is broken. `warning`: an inferred one is. `unprovable`: the
 * instance kept the check from telling. `note`: something that the contract says nothing of, from which it may learn. `accepted`: a
 * failure that somebody has decided to live with for a while.
 */
export type Level = "failure" | "warning" | "unprovable" | "note" | "accepted";

/** Why a failure is accepted, as the baseline has it. */
export interface Acceptance {
  readonly reason: string;
  readonly decidedBy: string;
  /** The last day, as YYYY-MM-DD. After it the failure is one again. */
  readonly expires: string;
}

/** What a check has to say: what was expected and why, what came instead, and how to see it again. */
export interface Finding {
  readonly level: Level;
  readonly check: CheckName;
  /** The operation's id. */
  readonly operation: string;
  /** The part of the operation that the check looked at (a handler type, a parameter), where it has parts. */
  readonly subject?: string;
  /** One sentence: what is wrong. */
  readonly message: string;
  readonly expected: Statement;
  /** What came. */
  readonly got: string;
  /** What the same request got before: it was made once more to be sure. */
  readonly before?: string;
  /** A line for a shell, with the key as `$NOTIFICATION_HANDLERS_API_KEY`. */
  readonly curl?: string;
  /** What it comes from, where findings at several places come from the same. */
  readonly cause?: string;
  /** The other places at which the same cause shows: filled in where findings are told by cause. */
  readonly places?: readonly string[];
  /** What a baseline says of it: it is accepted, or was until it expired. */
  readonly acceptance?: Acceptance;
  /** How often the same was seen; only the first time is told. */
  readonly times: number;
}
