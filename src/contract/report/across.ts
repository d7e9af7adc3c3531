import type { Finding } from "../findings/index.ts";
import { findingsOf, type Report } from "./report.ts";

/** A failure as one instance shows it, and all instances that have it. */
export interface SharedFailure {
  readonly finding: Finding;
  /** Of the instances, the one whose finding it is first. */
  readonly reports: readonly Report[];
}

/** The failures of many reports, what is the same on several instances once; the most frequent first. */
export function failuresAcross(reports: readonly Report[]): SharedFailure[] {
  const found = new Map<string, { finding: Finding; reports: Report[] }>();
  for (const report of reports)
    for (const finding of findingsOf(report)) {
      if (finding.level !== "failure") continue;
      const { check, operation, subject, cause, expected } = finding;
      const identity = JSON.stringify(
        cause === undefined ? [check, operation, subject, expected.pointer] : [check, cause],
      );
      const known = found.get(identity);
      if (known === undefined) found.set(identity, { finding, reports: [report] });
      else known.reports.push(report);
    }
  return [...found.values()].sort((one, other) => other.reports.length - one.reports.length);
}
