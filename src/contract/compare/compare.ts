import { type Finding, identityOf } from "../findings/index.ts";
import { type Change, type Changes, findingsOf, isConclusive, type Report } from "../report/index.ts";

/** What is new, gone and unchanged since an earlier report of the same instance. */
export function changesSince(earlier: Report, report: Report): Changes {
  const [before, now] = [findingsOf(earlier), findingsOf(report)];
  const [known, seen] = [new Set(before.map(gradedIdentityOf)), new Set(now.map(gradedIdentityOf))];
  const missing = before.filter((it) => !seen.has(gradedIdentityOf(it)));
  const isGone = (it: Finding) => isConclusive(report) && wasChecked(it, report);
  return {
    since: earlier.startedAt,
    verdict: earlier.verdict,
    new: now.filter((it) => !known.has(gradedIdentityOf(it))).map(changeOf),
    gone: missing.filter(isGone).map(changeOf),
    unchecked: missing.filter((it) => !isGone(it)).map(changeOf),
    unchanged: now.filter((it) => known.has(gradedIdentityOf(it))).length,
  };
}

/** An accepted failure is the same as the failure; a warning that became a failure is not. */
function gradedIdentityOf(finding: Finding): string {
  const grade = finding.level === "accepted" ? "failure" : finding.level;
  return `${grade} ${identityOf(finding)}`;
}

/** Whether the run checked this place: a finding that was not checked again is not gone. */
function wasChecked({ check, operation, subject }: Finding, { results }: Report): boolean {
  const all = results.filter((it) => it.check === check && it.operation === operation);
  const result = all.find((it) => it.subject === subject) ?? all[0];
  return result === undefined
    ? results.some((it) => it.operation === operation && it.held > 0)
    : result.status !== "skipped" && result.status !== "unprovable";
}

function changeOf({ level, check, operation, subject, message }: Finding): Change {
  return { level, check, operation, ...(subject !== undefined && { subject }), message };
}
