import type { OperationKind } from "../description/index.ts";
import { type Candidate, candidatesOf, labelsFirst, withoutFirstWords, wordsOf } from "./candidate.ts";
import { withoutMarks } from "./characters.ts";
import { conditionIn } from "./condition.ts";
import type { Knowledge, ValueType } from "./knowledge.ts";
import { type Labels, labelled, learnLabels } from "./labels.ts";
import type { Line } from "./line.ts";

/** A row of a page's tables of parameters. */
export interface Row {
  readonly section: OperationKind;
  readonly line: number;
  /** Undefined if its cell is missing. */
  readonly name: string | undefined;
  readonly required: boolean | null;
  readonly type: ValueType | null;
  /** The text after the labels. */
  readonly description: string;
  /** The handler types that it is for; undefined if it names none. */
  readonly condition: readonly string[] | undefined;
}

/** The candidates of all sections, and the meaning of their labels. */
export interface Prepared {
  readonly bySection: readonly Candidate[][];
  readonly labels: Labels;
}

/** Learns the labels of all sections. Labels from an earlier reading are used as long as they fit. */
export function prepareRows(
  sections: readonly { kind: OperationKind; lines: readonly Line[] }[],
  knowledge: Knowledge,
  before?: Labels,
): Prepared {
  const plain = withoutHeadings(sections.map(({ kind, lines }) => candidatesOf(kind, lines, knowledge)));
  const { bySection, labels } = arrangement(plain, knowledge);
  return { bySection, labels: before && doFit(before, bySection.flat(), knowledge) ? before : labels };
}

/** The rows of all sections. `types`: the handler types that conditions may name. */
export function readRows(
  { bySection, labels }: Prepared,
  knowledge: Knowledge,
  types: ReadonlySet<string>,
): Row[] {
  return bySection.flatMap((candidates) => acceptedOf(candidates, labels, knowledge, types));
}

/** Chooses the order of columns in which labels explain the most rows. */
function arrangement(plain: readonly Candidate[][], knowledge: Knowledge) {
  const usual = learnLabels(plain.flat(), knowledge);
  if (usual.isWhole) return { bySection: plain, labels: usual.labels };
  const other = plain.map((candidates) => candidates.map(labelsFirst));
  const behind = learnLabels(other.flat(), knowledge);
  return behind.fitting > usual.fitting
    ? { bySection: other, labels: behind.labels }
    : { bySection: plain, labels: usual.labels };
}

/** Removes table headings: they are the same in every section. */
function withoutHeadings(bySection: readonly Candidate[][]): Candidate[][] {
  const sections = new Map<string, Set<number>>();
  const key = ({ name, rest }: Candidate) => `${name ?? ""} ${rest}`;
  for (const [index, candidates] of bySection.entries()) {
    for (const each of candidates) {
      const seen = sections.get(key(each)) ?? new Set();
      sections.set(key(each), seen.add(index));
    }
  }
  const isHeading = (each: Candidate) => {
    const isCode = each.name !== undefined && /^[a-z][a-z0-9_]*$/.test(each.name);
    return !isCode && (sections.get(key(each))?.size ?? 0) > 2;
  };
  return bySection.map((candidates) =>
    candidates.map((each) => (isHeading(each) ? { ...each, isHeading: true } : each)),
  );
}

/** Whether earlier labels still explain most rows as the contract does. */
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
  const own = candidates.map((each) => withName(each, labels, knowledge, types));
  const rows = own.map((each) => rowOf(each, labels, knowledge, types));
  const isSure = own.map((each, index) => isCertain(each, rows[index] as Row, knowledge, labels));
  const lastSure = isSure.lastIndexOf(true);
  const accepted: Row[] = [];
  let last: Candidate | undefined;
  for (const [index, each] of own.entries()) {
    const row = rows[index] as Row;
    // A row that the labels don't explain is accepted between other rows.
    const isAmong = isSure[index - 1] === true && (index < lastSure || each.isRow);
    const before = own[index - 1];
    if (isSure[index] || (isAmong && isNameLike(row, each, knowledge))) {
      accepted.push(row);
      last = each;
    } else if (last && before && last === before && (index < lastSure || isUnfinished(last, each))) {
      // The rest of a description after a line break.
      own[index] = last = continued(last, each);
      accepted[accepted.length - 1] = rowOf(last, labels, knowledge, types);
    } else last = undefined;
  }
  return accepted;
}

function continued(row: Candidate, next: Candidate): Candidate {
  const rest = `${row.rest} ${next.name ?? ""} ${next.rest}`;
  return { ...row, rest, words: [...row.words, ...(next.name ? [next.name] : []), ...next.words] };
}

/** Whether a list continues after this description. */
function isUnfinished({ rest, line }: Candidate, next: Candidate): boolean {
  const comma = /[,،、:：፣၊]\s*$/u;
  const start = /^\s*[,،、፣၊]/u;
  return (
    next.line - line < 3 &&
    !next.isHeading &&
    (comma.test(withoutMarks(rest)) || start.test(withoutMarks(next.rest)))
  );
}

/** If the cell of the name is missing, what looked like a name is a label, or the first word of a condition. */
function withName(
  candidate: Candidate,
  labels: Labels,
  knowledge: Knowledge,
  types: ReadonlySet<string>,
): Candidate {
  const { name, rest, section } = candidate;
  if (name === undefined) return unnamed(candidate, labels);
  const all = wordsOf([`${name} ${rest}`]);
  const isLabel = [labels.optional, labels.required, ...Object.values(labels.types)].some(
    (label) => label.length > 0 && label[0] === name,
  );
  if (isLabel && labelled(all, labels).length > 0) return { ...candidate, ...all, name: undefined };
  const isCode = name.includes("_") || knowledge.meaning(section, name) !== undefined || types.has(name);
  if (isCode || candidate.isRow || section === "list" || labelled(candidate, labels).length > 0)
    return candidate;
  const isCondition = conditionIn(rest, knowledge.properties.type, types) !== undefined;
  return isCondition ? { ...candidate, ...all, name: undefined } : candidate;
}

/** A name's cell may also hold marks, or labels. */
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
  const description = withoutFirstWords(rest, length);
  const condition = section === "list" ? undefined : conditionIn(rest, properties.type, types);
  return { section, line, name, required, type, description, condition };
}

function isCertain(
  { isHeading, isRow, section }: Candidate,
  row: Row,
  knowledge: Knowledge,
  labels: Labels,
): boolean {
  if (isHeading) return false;
  const hasLabels = row.required !== null || row.type !== null;
  if (row.name === undefined)
    return row.condition !== undefined && (hasLabels || isRow || row.condition.length === 1);
  const isKnown = knowledge.meaning(section, row.name) !== undefined;
  if (hasLabels && (isKnown || isRow || row.required !== null)) return true;
  if (row.condition !== undefined && (isRow || isKnown || row.name.includes("_"))) return true;
  // Prose may begin with such a word, too. If rows have labels, a line without labels is prose.
  const pageHasLabels = labels.optional.length > 0 || Object.keys(labels.types).length > 0;
  return isKnown && (isRow || !pageHasLabels);
}

function isNameLike(
  { name, section }: Row,
  { isRow, isHeading, words }: Candidate,
  knowledge: Knowledge,
): boolean {
  if (name === undefined || isHeading || words.length === 0) return false;
  return (
    (isRow && /^[a-z]/.test(name)) || name.includes("_") || knowledge.meaning(section, name) !== undefined
  );
}
