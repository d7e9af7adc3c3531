import type pc from "picocolors";
import type { AcceptedEntry } from "../findings/index.ts";
import type { Change } from "./changes.ts";
import type { Report } from "./report.ts";

type Colors = ReturnType<typeof pc.createColors>;

/** What is new, gone and unchanged since an earlier report, as text. Notes are counted, not listed. */
export function changeLines({ changes, verdict }: Report, colors: Colors): string[] {
  if (changes === undefined) return [];
  const was = changes.verdict === verdict ? `as it is now, ${verdict}` : changes.verdict;
  const counts = `${changes.new.length} new, ${changes.gone.length} gone, ${changes.unchanged} unchanged`;
  const open = changes.unchecked.length === 0 ? "" : `, ${changes.unchecked.length} not checked this time`;
  const list = (title: string, all: readonly Change[]) =>
    all
      .filter((it) => it.level !== "note")
      .map((it) => `    ${title}: ${it.level}, ${placeOf(it)}: ${it.message}`);
  return [
    `  Since ${changes.since.slice(0, 16).replace("T", " ")} UTC, when it was ${was}: ${counts}${open}.`,
    ...list("new", changes.new).map((it) => colors.yellow(it)),
    ...list("gone", changes.gone),
  ];
}

/** The state of the baseline, as text. */
export function baselineLines({ baseline }: Report, colors: Colors): string[] {
  if (baseline === undefined) return [];
  const { accepted, expired, gone, unchecked } = baseline;
  const counts = [
    `${accepted} accepted`,
    ...(expired.length > 0 ? [`${expired.length} expired`] : []),
    ...(gone.length > 0 ? [`${gone.length} no longer there`] : []),
    ...(unchecked.length > 0 ? [`${unchecked.length} not checked this time`] : []),
  ];
  return [
    `  Baseline: ${counts.join(", ")}.`,
    ...expired.map((it) => colors.red(`    expired on ${it.expires}: ${entryOf(it)}`)),
    ...gone.map((it) => colors.yellow(`    no longer there, so the entry can go: ${entryOf(it)}`)),
  ];
}

function entryOf(entry: AcceptedEntry): string {
  return `${placeOf(entry)}: ${entry.reason} (${entry.decided_by})`;
}

function placeOf({ check, operation, subject }: Pick<Change, "check" | "operation" | "subject">): string {
  return `${check}${subject === undefined ? "" : ` [${subject}]`} of ${operation}`;
}
