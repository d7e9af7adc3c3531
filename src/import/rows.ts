import type { OperationKind } from "../description/index.ts";
import { withoutMarks } from "./characters.ts";
import { conditionIn } from "./condition.ts";
import type { Knowledge, ValueType } from "./knowledge.ts";
import { type Labels, labelled, learnLabels } from "./label.ts";
import type { Line } from "./line.ts";
import { behind, type Candidate, candidatesOf, wordsOf } from "./row.ts";

/** A row of a page's tables of parameters. */
export interface Row {
  readonly section: OperationKind;
  readonly line: number;
  /** Undefined where its cell is missing. */
  readonly name: string | undefined;
  readonly required: boolean | null;
  readonly type: ValueType | null;
  /** The words of its labels, as the page has them. */
  readonly labels: string;
  /** What stands behind the labels. */
  readonly description: string;
  /** The handler types that it is for; undefined where it names none. */
  readonly condition: readonly string[] | undefined;
}

/** The rows of all sections, and the labels that they taught. */
export function readRows(
  sections: readonly { kind: OperationKind; lines: readonly Line[] }[],
  knowledge: Knowledge,
  types: ReadonlySet<string>,
  before?: Labels,
): { rows: Row[]; labels: Labels } {
  const bySection = sections.map(({ kind, lines }) => candidatesOf(kind, lines, knowledge));
  const all = bySection.flat();
  const labels = before && doFit(before, all, knowledge) ? before : learnLabels(all, knowledge);
  const rows = bySection.flatMap((candidates) => acceptedOf(candidates, labels, knowledge, types));
  return { rows, labels };
}

/** Whether the words that a page had before still say of most rows what the contract says of them. */
function doFit(labels: Labels, candidates: readonly Candidate[], knowledge: Knowledge): boolean {
  const known = candidates.filter(
    ({ section, name }) => name !== undefined && knowledge.meaning(section, name),
  );
  const fitting = known.filter((each) => {
    const { required, type } = labelled(each, labels);
    return required !== null && type !== null;
  });
  return fitting.length * 2 > known.length;
}

function acceptedOf(
  candidates: readonly Candidate[],
  labels: Labels,
  knowledge: Knowledge,
  types: ReadonlySet<string>,
): Row[] {
  const rows = candidates.map((each) => ({
    each,
    row: rowOf(withName(each, labels), labels, knowledge, types),
  }));
  const isSure = rows.map(({ each, row }) => isCertain(each, row, knowledge, labels));
  const lastSure = isSure.lastIndexOf(true);
  return rows.flatMap(({ each, row }, index) => {
    if (isSure[index]) return [row];
    // A row that the labels don't tell stands among others.
    const isAmong = isSure[index - 1] && index < lastSure;
    const isLast = isSure[index - 1] && each.isRow;
    return !each.isHeading && row.name !== undefined && isNameLike(row, each) && (isAmong || isLast)
      ? [row]
      : [];
  });
}

/** What was taken for a name is a label where the cell of the name is missing. */
function withName(candidate: Candidate, labels: Labels): Candidate {
  const { name, rest } = candidate;
  if (name === undefined) return unnamed(candidate, labels);
  const all = wordsOf([`${name} ${rest}`]);
  const isLabel = [labels.optional, labels.required, ...Object.values(labels.types)].some(
    (label) => label.length > 0 && label[0] === name,
  );
  if (!isLabel || labelled(all, labels).length === 0) return candidate;
  return { ...candidate, ...all, name: undefined };
}

/** A cell of a name may hold more than it: marks, or labels. */
function unnamed(candidate: Candidate, labels: Labels): Candidate {
  const found = /^\W{0,3}([A-Za-z_][A-Za-z0-9_]*)(?![\p{L}\p{M}\w])\s*/u.exec(withoutMarks(candidate.rest));
  if (found?.[1] === undefined || labelled(candidate, labels).length > 0) return candidate;
  const words = wordsOf([withoutMarks(candidate.rest).slice(found[0].length)]);
  return labelled(words, labels).length > 0 ? { ...candidate, ...words, name: found[1] } : candidate;
}

function rowOf(
  { section, line, name, rest, words }: Candidate,
  labels: Labels,
  { properties }: Knowledge,
  types: ReadonlySet<string>,
): Row {
  const { required, type, length } = labelled({ words }, labels);
  const description = behind(rest, length);
  const condition = section === "list" ? undefined : conditionIn(description, properties.type, types)?.types;
  return {
    section,
    line,
    name,
    required,
    type,
    labels: words.slice(0, length).join(" "),
    description,
    condition,
  };
}

function isCertain(
  { isHeading, isRow, section }: Candidate,
  row: Row,
  knowledge: Knowledge,
  labels: Labels,
): boolean {
  if (isHeading) return false;
  const hasLabels = row.required !== null || row.type !== null;
  if (row.name === undefined) return hasLabels && row.condition !== undefined;
  const isKnown = knowledge.meaning(section, row.name) !== undefined;
  if (hasLabels && (isKnown || isRow || row.required !== null)) return true;
  if (row.condition !== undefined && (isRow || isKnown || row.name.includes("_"))) return true;
  // Prose begins with such a word, too; where rows have labels, it isn't one of them.
  const pageHasLabels = labels.optional.length > 0 || Object.keys(labels.types).length > 0;
  return isKnown && (isRow || !pageHasLabels);
}

function isNameLike({ name = "" }: Row, { isRow }: Candidate): boolean {
  return isRow || name.includes("_") || /^[a-z][a-z0-9]*$/.test(name);
}
