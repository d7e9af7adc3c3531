import type { Evidence } from "../../description/index.ts";
import type { Leftovers } from "../cleanup/index.ts";
import type { AcceptedEntry, CheckName, Finding, Level } from "../findings/index.ts";
import type { Changes } from "./changes.ts";

/**
 * What came of a check at one place. `noted`: it held, and something is worth knowing. `unprovable`: the instance kept it from
 * telling. `skipped`: the run was not asked for it, or had no occasion. `accepted`: it failed, in ways that the baseline accepts.
 */
export type Status = "passed" | "noted" | "warned" | "failed" | "accepted" | "unprovable" | "skipped";

export interface CheckResult {
  readonly check: CheckName;
  readonly operation: string;
  readonly subject?: string;
  readonly status: Status;
  /** Why it is unprovable or skipped. */
  readonly reason?: string;
  /** JSON pointer of the statement that it is about, and what that rests on. */
  readonly pointer: string;
  readonly evidence: Evidence["level"];
  /** How often it held. */
  readonly held: number;
  readonly findings: readonly Finding[];
}

/** How much of the contract a run could prove, and did. */
export interface Coverage {
  /** Statements of the instance's contract. */
  readonly statements: number;
  /** Of these, what the chosen checks can prove. */
  readonly provable: number;
  /** Of these, what this run has proven. */
  readonly proven: number;
  /** What it could have proven and did not. */
  readonly unproven: readonly string[];
  /** What no chosen check can prove. */
  readonly beyond: readonly string[];
}

/**
 * The outcome of a run. `unavailable`: the API did not answer. Nobody did, or a page for people, a firewall, a rate limit that stays.
 * `not set up`: the run could not be made as it was asked for - the API refuses the key, the journal can't be written, what was chosen
 * proves nothing - or not to its end.
 */
export type Outcome = "honoured" | "deviates" | "unavailable" | "not set up";

/** What became of the entries of a baseline that are about the instance. */
export interface BaselineState {
  /** How many of them were met and are in force. */
  readonly accepted: number;
  /** Met, though their last day is over: what they were for fails again. */
  readonly expired: readonly AcceptedEntry[];
  /** What they were for does not occur any more: they can go. */
  readonly gone: readonly AcceptedEntry[];
  /** The run came to no result there. */
  readonly unchecked: readonly AcceptedEntry[];
}

/** Everything that a run has to say. No key is in it. */
export interface Report {
  /** What the run calls the instance: a fleet may have several with the same contract. */
  readonly name: string;
  /** The instance whose contract it was held against, or `family`. */
  readonly instance: string;
  readonly baseUrl: string;
  readonly run: string;
  readonly write: boolean;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly milliseconds: number;
  readonly requests: number;
  readonly verdict: Outcome;
  /** Why it could not be told, or the run ended early. */
  readonly reason?: string;
  readonly results: readonly CheckResult[];
  readonly coverage: Coverage;
  /** Why the run says less than it seems to. */
  readonly hollow: readonly string[];
  readonly leftovers: Leftovers;
  /** Ids of handlers that earlier runs had left, and that this one has deleted. */
  readonly swept: readonly number[];
  /** How long each answer took, in milliseconds, by the operation's id. */
  readonly answerTimes: Readonly<Record<string, readonly number[]>>;
  /** When the host's certificate ends, ISO 8601; only where it was looked at. */
  readonly certificateEnds?: string;
  /** Only where there was a baseline. */
  readonly baseline?: BaselineState;
  /** Only where there was an earlier report of the instance to compare with. */
  readonly changes?: Changes;
}

/** 0: honoured, 1: deviations or leftovers, 2: it could not be told. What is left of a run that met an outage waits for a sweep. */
export function exitCode(reports: readonly Report[]): 0 | 1 | 2 {
  if (reports.some((it) => it.verdict === "deviates" || (it.verdict !== "unavailable" && hasLeftovers(it))))
    return 1;
  return reports.length > 0 && reports.every((it) => it.verdict === "honoured") ? 0 : 2;
}

/** Whether a run could tell whether the contract is honoured. */
export function isTold({ verdict }: Report): boolean {
  return verdict === "honoured" || verdict === "deviates";
}

export function hasLeftovers({ leftovers }: Report): boolean {
  return leftovers.handlers.length > 0 || leftovers.unknown.length > 0;
}

/** All findings of a report, the gravest first. What one cause breaks at several places is one finding. */
export function findingsOf(report: Report): Finding[] {
  const order: readonly Level[] = ["failure", "warning", "unprovable", "accepted", "note"];
  return byCause(report.results.flatMap((it) => it.findings)).sort(
    (a, b) => order.indexOf(a.level) - order.indexOf(b.level),
  );
}

function byCause(findings: readonly Finding[]): Finding[] {
  const told: Finding[] = [];
  for (const finding of findings) {
    const index = told.findIndex((it) => it.cause !== undefined && it.cause === finding.cause);
    const known = told[index];
    if (known === undefined) told.push(finding);
    else told[index] = merged(known, finding);
  }
  return told;
}

/** The graver of two findings of one cause, with the places of both. */
function merged(one: Finding, other: Finding): Finding {
  const [first, second] = other.level === "failure" && one.level !== "failure" ? [other, one] : [one, other];
  const places = new Set([...(one.places ?? []), placeOf(one), ...(other.places ?? []), placeOf(other)]);
  places.delete(placeOf(first));
  return { ...first, times: first.times + second.times, ...(places.size > 0 && { places: [...places] }) };
}

function placeOf({ operation, subject }: Finding): string {
  return subject === undefined ? operation : `${operation} [${subject}]`;
}
