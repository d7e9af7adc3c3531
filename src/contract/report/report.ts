import type { Evidence } from "../../description/index.ts";
import type { Leftovers } from "../cleanup/index.ts";
import { type AcceptedEntry, bySeverity, type CheckName, type Finding, levels } from "../findings/index.ts";
import type { Changes } from "./changes.ts";

/**
 * The result of a check at one place. `noted`: it passed, with a note. `unprovable`: the instance made it impossible. `skipped`: the run
 * was not asked for it, or had no occasion. `accepted`: it failed, but only in ways that the baseline accepts.
 */
export type Status = "passed" | "noted" | "warned" | "failed" | "accepted" | "unprovable" | "skipped";

/** The result of a check at one place. */
export interface CheckResult {
  readonly check: CheckName;
  readonly operation: string;
  readonly subject?: string;
  readonly status: Status;
  /** Why it is unprovable or skipped. */
  readonly reason?: string;
  /** JSON pointer of the checked statement, and its evidence. */
  readonly pointer: string;
  readonly evidence: Evidence["level"];
  /** How often it passed. */
  readonly held: number;
  readonly findings: readonly Finding[];
}

/** How much of the contract a run could prove, and did. */
export interface Coverage {
  /** How many statements the instance's contract has. */
  readonly statements: number;
  /** How many of them the chosen checks can prove. */
  readonly provable: number;
  /** How many of those this run has proven. */
  readonly proven: number;
  /** The statements that it could have proven but did not. */
  readonly unproven: readonly string[];
  /** The statements that no chosen check can prove. */
  readonly beyond: readonly string[];
}

/**
 * The outcome of a run. `unavailable`: the API did not answer; there was no answer at all, a web page, a firewall, or a lasting rate limit.
 * `not set up`: the run could not be made as requested, or not to its end; for example the API refuses the key, the journal can't be
 * written, or the chosen checks prove nothing.
 */
export type Outcome = "honoured" | "deviates" | "unavailable" | "not set up";

/** The state of the baseline entries for the instance. */
export interface BaselineState {
  /** How many entries are valid and were found. */
  readonly accepted: number;
  /** Found, but expired: they fail again. */
  readonly expired: readonly AcceptedEntry[];
  /** Not found any more: the entries can be removed. */
  readonly gone: readonly AcceptedEntry[];
  /** The run had no result there. */
  readonly unchecked: readonly AcceptedEntry[];
}

/** The complete result of a run. It contains no key. */
export interface Report {
  /** The name of the instance in this run: several members of a fleet may have the same contract. */
  readonly name: string;
  /** The instance whose contract was checked, or `family`. */
  readonly instance: string;
  readonly baseUrl: string;
  readonly run: string;
  readonly write: boolean;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly milliseconds: number;
  readonly requests: number;
  readonly verdict: Outcome;
  /** Why there is no verdict, or why the run ended early. */
  readonly reason?: string;
  readonly results: readonly CheckResult[];
  readonly coverage: Coverage;
  /** Why the run proves less than it seems to. */
  readonly hollow: readonly string[];
  readonly leftovers: Leftovers;
  /** Ids of leftovers of earlier runs that this run has deleted. */
  readonly swept: readonly number[];
  /** How long each answer took, in milliseconds, by operation id. */
  readonly answerTimes: Readonly<Record<string, readonly number[]>>;
  /** When the host's certificate expires, ISO 8601; only if it was read. */
  readonly certificateEnds?: string;
  /** Only with a baseline. */
  readonly baseline?: BaselineState;
  /** Only with an earlier report of the instance. */
  readonly changes?: Changes;
}

/**
 * 0: honoured. 1: deviations or leftovers. 2: the contract could not be checked. (Leftovers of a run that met an outage wait for a sweep.)
 */
export function exitCode(reports: readonly Report[]): 0 | 1 | 2 {
  if (reports.some((it) => it.verdict === "deviates" || (it.verdict !== "unavailable" && hasLeftovers(it))))
    return 1;
  return reports.length > 0 && reports.every((it) => it.verdict === "honoured") ? 0 : 2;
}

/** Whether the run could tell if the contract is honoured. */
export function isConclusive({ verdict }: Report): boolean {
  return verdict === "honoured" || verdict === "deviates";
}

/** Whether the run has left handlers behind, or may have. */
export function hasLeftovers({ leftovers }: Report): boolean {
  return leftovers.handlers.length > 0 || leftovers.unknown.length > 0;
}

/** All findings of a report, the most severe first. Findings with one cause at several places are merged. */
export function findingsOf(report: Report): Finding[] {
  return byCause(report.results.flatMap((it) => it.findings)).sort(
    (a, b) => levels.indexOf(a.level) - levels.indexOf(b.level),
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

/** The more severe of two findings with one cause, with the places of both. */
function merged(one: Finding, other: Finding): Finding {
  const [first, second] = bySeverity(one, other);
  const places = new Set([...(one.places ?? []), placeOf(one), ...(other.places ?? []), placeOf(other)]);
  places.delete(placeOf(first));
  return { ...first, times: first.times + second.times, ...(places.size > 0 && { places: [...places] }) };
}

function placeOf({ operation, subject }: Finding): string {
  return subject === undefined ? operation : `${operation} [${subject}]`;
}
