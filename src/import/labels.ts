import type { Candidate } from "./candidate.ts";
import { withoutMarks } from "./characters.ts";
import type { Knowledge, Meaning, ValueType } from "./knowledge.ts";

type Words = readonly string[];

/** The labels of a page: the words that say what a parameter is, in the order of its rows. */
export interface Labels {
  readonly optional: Words;
  readonly required: Words;
  readonly types: Readonly<Partial<Record<ValueType, Words>>>;
  /** Whether the type precedes the word for required or optional. */
  readonly typeFirst: boolean;
  /** Labels that can't be split further, because the page has only one kind of row. */
  readonly whole: readonly { readonly words: Words; readonly meaning: Meaning }[];
}

/** The meaning of a row's labels; null if they don't say. */
export interface Labelled {
  readonly required: boolean | null;
  readonly type: ValueType | null;
  /** How many of the row's words are labels. */
  readonly length: number;
}

/** Labels have a few words; anything longer is a description. */
const maxWords = 8;

/** Rows that share their labels: O for optional or R for required, then S for string, I for integer or B for boolean. */
type Group = "OS" | "OI" | "OB" | "RS";

/** Learned labels, and how many rows they explain as the contract does. */
export interface Learned {
  readonly labels: Labels;
  readonly fitting: number;
  /** Whether they explain all rows. */
  readonly isWhole: boolean;
}

/** Learns the labels from rows whose meaning the contract knows, in any language. */
export function learnLabels(candidates: readonly Candidate[], knowledge: Knowledge): Learned {
  const known = candidates.flatMap((row) => {
    const meaning = row.name === undefined ? undefined : knowledge.meaning(row.section, row.name);
    return meaning === undefined || row.isHeading ? [] : [{ row, meaning }];
  });
  const groups = groupsOf(known, knowledge);
  // Pages with a column per label have the second label after the second cell.
  const learn = (level: number): Learned => {
    const prefix = (group: Group) => prefixOf(groups.get(group) ?? new Map(), level);
    const labels = split({ OS: prefix("OS"), OI: prefix("OI"), OB: prefix("OB"), RS: prefix("RS") });
    const points = known.map(({ row, meaning }) => {
      const { required, type } = labelled(row, labels);
      return Number(required === meaning.required) + Number(type === meaning.type);
    });
    const fitting = points.reduce((sum, each) => sum + each, 0);
    return { labels, fitting, isWhole: fitting === 2 * known.length };
  };
  const usual = learn(0);
  if (usual.isWhole) return usual;
  const other = learn(1);
  return other.fitting > usual.fitting ? other : usual;
}

function groupsOf(
  known: readonly { row: Candidate; meaning: Meaning }[],
  { properties }: Knowledge,
): Map<Group, Map<string, Candidate[]>> {
  const groups = new Map<Group, Map<string, Candidate[]>>();
  for (const { row, meaning } of known) {
    const key = `${meaning.required ? "R" : "O"}${meaning.type[0]?.toUpperCase()}` as Group;
    const kinds = groups.get(key) ?? new Map<string, Candidate[]>();
    // All fields are one kind of row, so they share the words of their condition.
    const { type, name } = properties;
    const isOwn = row.section === "list" || row.name === type || row.name === name;
    const kind = isOwn ? (row.name ?? "") : "field";
    const rows = kinds.get(kind) ?? [];
    rows.push(row);
    groups.set(key, kinds.set(kind, rows));
  }
  return groups;
}

/** The words that the rows of a group begin with: their labels, or more if all of their descriptions begin alike. */
function prefixOf(kinds: ReadonlyMap<string, Candidate[]>, level: number): Words | undefined {
  if (kinds.size === 0) return undefined;
  const votes = new Map<string, number>();
  for (const row of [...kinds.values()].flat()) {
    const { end, weight } = endOf(row, level) ?? { end: maxWords + 1, weight: 0 };
    if (end > maxWords) continue;
    const words = row.words.slice(0, end).join(" ");
    votes.set(words, (votes.get(words) ?? 0) + weight);
  }
  const [most] = [...votes].sort(([a, one], [b, other]) => other - one || a.length - b.length);
  if (most !== undefined) return most[0] === "" ? [] : most[0].split(" ");
  return [...kinds.values()].map(commonStart).reduce(common);
}

/** Where the labels of a row certainly end: at the end of their cell, at a dash, or at the end of a row without a description. */
function endOf(
  { words, ends, rest, isRow }: Candidate,
  level: number,
): { end: number; weight: number } | undefined {
  const code = codeAt(words);
  const dash = words.indexOf("-");
  const cell = ends[level] ?? (level > 0 ? undefined : ends.at(-1));
  const end = dash === -1 ? cell : Math.min(cell ?? dash, dash);
  if (end !== undefined) return code < end ? undefined : { end, weight: 100 };
  // Only labels, without a description.
  const isBare = words.length <= (isRow ? 4 : 3) && !/[\p{P}\p{S}]/u.test(withoutMarks(rest));
  return isBare && code >= words.length ? { end: words.length, weight: 1 } : undefined;
}

/** The position of the first word with code or a number, which labels never have. */
function codeAt(words: Words): number {
  const at = words.findIndex((word) => /[0-9_=]/.test(word));
  return at === -1 ? words.length : at;
}

/** The words that most of the rows begin with. */
function commonStart(rows: readonly Candidate[]): Words {
  let left = rows.map(({ words }) => words.slice(0, Math.min(maxWords, codeAt(words))));
  const start: string[] = [];
  for (let at = 0; at < maxWords; at++) {
    const votes = new Map<string, number>();
    for (const words of left) {
      const word = words[at];
      if (word !== undefined) votes.set(word, (votes.get(word) ?? 0) + 1);
    }
    const [most] = [...votes].sort(([, one], [, other]) => other - one);
    if (most === undefined || most[1] * 2 <= rows.length) break;
    start.push(most[0]);
    left = left.filter((words) => words[at] === most[0]);
  }
  return start;
}

function common(one: Words, other: Words): Words {
  const end = one.findIndex((word, index) => word !== other[index]);
  return end === -1 ? one : one.slice(0, end);
}

function commonEnd(one: Words, other: Words): Words {
  return common(one.toReversed(), other.toReversed()).toReversed();
}

/** Separates the words for optional and required from those for the types. */
function split({ OS, OI, OB, RS }: Record<Group, Words | undefined>): Labels {
  const optional = [OS, OI, OB].filter((words) => words !== undefined);
  const whole = (
    [
      [OS, { required: false, type: "string" }],
      [OI, { required: false, type: "integer" }],
      [OB, { required: false, type: "boolean" }],
      [RS, { required: true, type: "string" }],
    ] as [Words | undefined, Meaning][]
  ).flatMap(([words, meaning]) => (words?.length ? [{ words, meaning }] : []));
  if (optional.length < 2) return withoutTypes(OS, RS, whole);
  const front = optional.reduce(common);
  const back = front.length > 0 ? [] : optional.reduce(commonEnd);
  const typeFirst = back.length > 0;
  const typeOf = (words: Words) =>
    typeFirst ? words.slice(0, words.length - back.length) : words.slice(front.length);
  const types = {
    ...(OS && { string: typeOf(OS) }),
    ...(OI && { integer: typeOf(OI) }),
    ...(OB && { boolean: typeOf(OB) }),
  };
  const label = typeFirst ? back : front;
  return {
    optional: label,
    required: requiredOf(RS, types.string ?? [], label, typeFirst),
    types,
    typeFirst,
    whole: label.length > 0 ? [] : whole.filter(({ meaning }) => !meaning.required),
  };
}

/** A page with only one kind of optional row: what it shares with the required rows is the type. */
function withoutTypes(OS: Words | undefined, RS: Words | undefined, whole: Labels["whole"]): Labels {
  if (OS === undefined || RS === undefined)
    return { optional: [], required: [], types: {}, typeFirst: false, whole };
  const back = commonEnd(OS, RS);
  const front = common(OS, RS);
  const typeFirst = back.length === 0 && front.length > 0;
  const string = typeFirst ? front : back;
  const without = (words: Words) =>
    typeFirst ? words.slice(string.length) : words.slice(0, words.length - string.length);
  return { optional: without(OS), required: without(RS), types: { string }, typeFirst, whole };
}

function requiredOf(RS: Words | undefined, string: Words, optional: Words, typeFirst: boolean): Words {
  if (RS === undefined) return [];
  if (string.length === 0) return RS.join(" ") === optional.join(" ") ? [] : RS;
  if (typeFirst) return startsWith(RS, string, 0) ? RS.slice(string.length) : [];
  const at = RS.findIndex((_, index) => startsWith(RS, string, index));
  return at > 0 ? RS.slice(0, at) : [];
}

function startsWith(words: Words, start: Words, at: number): boolean {
  return start.length > 0 && start.every((word, index) => words[at + index] === word);
}

/** The meaning of a row's labels. */
export function labelled({ words }: Pick<Candidate, "words">, labels: Labels): Labelled {
  const { optional, required, types, typeFirst, whole } = labels;
  const need = (at: number) => {
    const found = [
      { value: false, label: optional },
      { value: true, label: required },
    ].filter(({ label }) => startsWith(words, label, at));
    return found.sort((one, other) => other.label.length - one.label.length)[0];
  };
  if (typeFirst) {
    const type = typeAt(words, 0, types);
    const found = need(type?.length ?? 0);
    const length = (type?.length ?? 0) + (found?.label.length ?? 0);
    return { required: found?.value ?? null, type: type?.type ?? null, length };
  }
  const found = need(0);
  const start = found?.label.length ?? 0;
  const type = typeAt(words, start, types);
  if (found === undefined) {
    const all = whole.find(({ words: label }) => startsWith(words, label, 0));
    if (all) return { ...all.meaning, length: all.words.length };
    // Some pages label only what is required.
    const isPlain = optional.length === 0 && required.length > 0 && type !== undefined;
    return { required: isPlain ? false : null, type: type?.type ?? null, length: type?.length ?? 0 };
  }
  return { required: found.value, type: type?.type ?? null, length: start + (type?.length ?? 0) };
}

/** The type whose words are there: all of them, or more of them than of any other type. */
function typeAt(
  words: Words,
  at: number,
  types: Labels["types"],
): { type: ValueType; length: number } | undefined {
  const matches = (Object.entries(types) as [ValueType, Words][])
    .map(([type, label]) => {
      const end = label.findIndex((word, index) => words[at + index] !== word);
      const length = end === -1 ? label.length : end;
      return { type, length, isWhole: end === -1 };
    })
    .filter(({ length }) => length > 0)
    .sort((one, other) => Number(other.isWhole) - Number(one.isWhole) || other.length - one.length);
  const [best, second] = matches;
  if (best === undefined) return undefined;
  const isTie = second !== undefined && second.isWhole === best.isWhole && second.length === best.length;
  return isTie ? undefined : best;
}
