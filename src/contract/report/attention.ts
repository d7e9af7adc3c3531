import { findingsOf, hasLeftovers, type Report } from "./report.ts";

/** A certificate that expires within this many days is mentioned. */
const shortDays = 21;

/** Days from the start of the run until the certificate expires; negative if it has expired. */
export function certificateDays({ certificateEnds, startedAt }: Report): number | undefined {
  if (certificateEnds === undefined) return undefined;
  return (Date.parse(certificateEnds) - Date.parse(startedAt)) / 86_400_000;
}

/** Remarks besides the outcome, the most severe first. */
export function remarksOf(report: Report): string[] {
  const { leftovers, reason, baseline, changes, hollow } = report;
  const count = (level: string) => findingsOf(report).filter((it) => it.level === level).length;
  const left = leftovers.handlers.length + leftovers.unknown.length;
  const days = certificateDays(report);
  const fresh = changes?.new.filter((it) => it.level === "failure").length ?? 0;
  return [
    ...(left > 0 ? [`${left} left behind`] : []),
    ...counted(count("failure"), "failure"),
    ...(fresh > 0 ? [`${fresh} of them new`] : []),
    ...(baseline !== undefined && baseline.expired.length > 0 ? [`${baseline.expired.length} expired`] : []),
    ...(reason === undefined ? [] : [reason.replace(/\.$/, "")]),
    ...(days !== undefined && days < shortDays ? [certificateRemark(days)] : []),
    ...(count("accepted") > 0 ? [`${count("accepted")} accepted`] : []),
    ...(baseline !== undefined && baseline.gone.length > 0
      ? [`${baseline.gone.length} accepted no longer ${baseline.gone.length === 1 ? "occurs" : "occur"}`]
      : []),
    ...counted(count("warning"), "warning"),
    ...(count("unprovable") > 0 && reason === undefined ? [`${count("unprovable")} inconclusive`] : []),
    ...(hollow.length > 0 ? ["gaps"] : []),
  ];
}

function counted(count: number, what: string): string[] {
  return count === 0 ? [] : [`${count} ${what}${count === 1 ? "" : "s"}`];
}

function certificateRemark(days: number): string {
  if (days < 0) return "the certificate has expired";
  return `the certificate expires in ${Math.floor(days)} ${Math.floor(days) === 1 ? "day" : "days"}`;
}

/** Sorts reports by how urgently they need a person, then by name. */
export function byNeed(reports: readonly Report[]): Report[] {
  return [...reports].sort((one, other) => needOf(other) - needOf(one) || (one.name < other.name ? -1 : 1));
}

/** Leftovers and failures come first, then what could not be checked, then what is only worth a look. */
function needOf(report: Report): number {
  const rank = { deviates: 30, "not set up": 20, unavailable: 10, honoured: 0 }[report.verdict];
  const isNew = report.changes?.new.some((it) => it.level === "failure") ?? false;
  const days = certificateDays(report) ?? shortDays;
  return (
    rank +
    (hasLeftovers(report) ? 25 : 0) +
    (isNew ? 3 : 0) +
    (days < shortDays ? 2 : 0) +
    (report.verdict === "honoured" && remarksOf(report).length > 0 ? 1 : 0)
  );
}

/** The number of reports of each outcome, as in `3 honoured, 1 deviates`. */
export function countsOf(reports: readonly Report[]): string {
  const outcomes: readonly Report["verdict"][] = ["deviates", "not set up", "unavailable", "honoured"];
  return outcomes
    .map((outcome) => [outcome, reports.filter((it) => it.verdict === outcome).length] as const)
    .filter(([, count]) => count > 0)
    .map(([outcome, count]) => `${count} ${outcome}`)
    .join(", ");
}
