import { type Finding, identityOf } from "../findings/index.ts";
import { findingsOf, type Report } from "./report.ts";

/** A failure as in one report, and all reports that have it. */
export interface SharedFailure {
  readonly finding: Finding;
  /** The first of them is the one with the finding. */
  readonly reports: readonly Report[];
}

/** The failures of many reports. The same failure on several instances appears once; the most frequent come first. */
export function failuresAcross(reports: readonly Report[]): SharedFailure[] {
  const found = new Map<string, { finding: Finding; reports: Report[] }>();
  for (const report of reports)
    for (const finding of findingsOf(report)) {
      if (finding.level !== "failure") continue;
      const known = found.get(identityOf(finding));
      if (known === undefined) found.set(identityOf(finding), { finding, reports: [report] });
      else known.reports.push(report);
    }
  return [...found.values()].sort((one, other) => other.reports.length - one.reports.length);
}
