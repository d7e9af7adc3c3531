import type { Evidence } from "../description/index.ts";
import type { Leftovers } from "./clean-up.ts";
import type { Finding } from "./finding.ts";

/**
 * What came of a check at one place. `noted`: it held, and something is worth knowing. `unprovable`: the instance kept it from
 * telling. `skipped`: the run was not asked for it, or had no occasion.
 */
export type Status = "passed" | "noted" | "warned" | "failed" | "unprovable" | "skipped";

export interface CheckResult {
  readonly check: string;
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
export interface Power {
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

/** Everything that a run has to say. No key is in it. */
export interface Report {
  readonly instance: string;
  readonly baseUrl: string;
  readonly run: string;
  readonly write: boolean;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly milliseconds: number;
  readonly requests: number;
  /** `unknown`: it could not be told. */
  readonly verdict: "honoured" | "deviates" | "unknown";
  /** Why it could not be told, or the run ended early. */
  readonly reason?: string;
  readonly results: readonly CheckResult[];
  readonly power: Power;
  /** Why the run says less than it seems to. */
  readonly hollow: readonly string[];
  readonly leftovers: Leftovers;
  /** Ids of handlers that earlier runs had left, and that this one has deleted. */
  readonly swept: readonly number[];
}

/** 0: honoured, 1: deviations or leftovers, 2: it could not be told. */
export function exitCode(reports: readonly Report[]): 0 | 1 | 2 {
  if (reports.some((it) => it.verdict === "deviates" || hasLeftovers(it))) return 1;
  return reports.length === 0 || reports.some((it) => it.verdict === "unknown") ? 2 : 0;
}

export function hasLeftovers({ leftovers }: Report): boolean {
  return leftovers.handlers.length > 0 || leftovers.unknown.length > 0;
}

/** All findings of a report, the gravest first. */
export function findingsOf(report: Report): Finding[] {
  const order = ["failure", "warning", "unprovable", "note"];
  return report.results
    .flatMap((it) => it.findings)
    .sort((a, b) => order.indexOf(a.level) - order.indexOf(b.level));
}
