import type { Finding } from "../findings/index.ts";
import type { Change, Changes } from "../report/index.ts";
import { findingsOf, isTold, type Report } from "../report/index.ts";

/** What is new, gone and unchanged since an earlier report of the same instance. */
export function changesSince(earlier: Report, report: Report): Changes {
  const [before, now] = [findingsOf(earlier), findingsOf(report)];
  const [known, seen] = [new Set(before.map(identityOf)), new Set(now.map(identityOf))];
  const missing = before.filter((it) => !seen.has(identityOf(it)));
  const isGone = (it: Finding) => isTold(report) && wasChecked(it, report);
  return {
    since: earlier.startedAt,
    verdict: earlier.verdict,
    new: now.filter((it) => !known.has(identityOf(it))).map(changeOf),
    gone: missing.filter(isGone).map(changeOf),
    unchecked: missing.filter((it) => !isGone(it)).map(changeOf),
    unchanged: now.filter((it) => known.has(identityOf(it))).length,
  };
}

/** Identifies a finding across reports. An accepted failure is the same as the failure; a warning that became a failure is not. */
function identityOf({ level, check, operation, subject, cause, expected }: Finding): string {
  const grade = level === "accepted" ? "failure" : level;
  return JSON.stringify(
    cause === undefined ? [grade, check, operation, subject, expected.pointer] : [grade, check, cause],
  );
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
