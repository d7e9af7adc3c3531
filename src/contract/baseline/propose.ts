import { existsSync, readFileSync } from "node:fs";
import { Document, isMap, parseDocument, YAMLSeq } from "yaml";
import { SettingsError } from "../../settings/index.ts";
import type { AcceptedEntry } from "../findings/index.ts";
import { findingsOf, type Report } from "../report/index.ts";

/** How many days a proposed entry lasts: long enough to fix a deviation, short enough to be reviewed again. */
const proposedDays = 90;

const heading = ` Deviations of instances that are accepted for a while. Fill in reason and decided_by of each: until then the file is refused.`;

/**
 * A baseline with a new entry for each failure in the reports that has none yet. Existing entries and comments of `file` stay; a file named
 * *.json stays JSON. Throws SettingsError if the file is neither YAML nor JSON.
 */
export function proposeBaseline(file: string, reports: readonly Report[], now: number): string {
  const document = begun(file);
  const expires = new Date(now + proposedDays * 86_400_000).toISOString().slice(0, 10);
  const proposals = reports.flatMap((report) => proposalsOf(report, expires));
  const accepted = document.get("accepted");
  if (!(accepted instanceof YAMLSeq) || !accepted.items.every(isMap))
    throw new SettingsError(`${file} has no list "accepted" of entries: give another file, or fix this one.`);
  const known = new Set((accepted.toJSON() as AcceptedEntry[]).map(placeOf));
  const added = proposals.filter((it) => !known.has(placeOf(it)));
  if (added.length > 0) accepted.flow = false;
  for (const it of added) accepted.add(document.createNode(it));
  if (file.endsWith(".json")) return `${JSON.stringify(document.toJS(), null, 2)}\n`;
  return document.toString({ lineWidth: 0, nullStr: "" });
}

function begun(file: string): Document {
  if (existsSync(file)) {
    const document = parseDocument(readFileSync(file, "utf8"));
    if (document.errors.length > 0)
      throw new SettingsError(`${file} is neither YAML nor JSON: give another file, or fix this one.`);
    return document as Document;
  }
  const document = new Document({ version: 1, accepted: [] });
  document.commentBefore = heading;
  return document;
}

/** Fields that a person must fill in are null. */
type Proposal = Omit<AcceptedEntry, "reason" | "decided_by"> & { reason: null; decided_by: null };

function proposalsOf(report: Report, expires: string): Proposal[] {
  return findingsOf(report)
    .filter((it) => it.level === "failure" && it.acceptance === undefined)
    .map(({ check, operation, subject, cause, expected }) => ({
      instance: report.name,
      check,
      operation,
      ...(subject !== undefined && { subject }),
      ...(cause === undefined ? { statement: expected.pointer } : { cause }),
      reason: null,
      decided_by: null,
      expires,
    }));
}

/** Entries for the same place are merged. */
function placeOf({
  instance,
  check,
  operation,
  subject,
  statement,
  cause,
}: AcceptedEntry | Proposal): string {
  return JSON.stringify(
    cause === undefined ? [instance, check, operation, subject, statement] : [instance, check, cause],
  );
}
