import type { OperationKind } from "../description/index.ts";
import { codeEnd, codeStart, squeeze, withoutMarks } from "./characters.ts";
import type { Knowledge } from "./knowledge.ts";
import type { Line } from "./line.ts";

/** A line that may describe a parameter: a name, then labels, then a description. */
export interface Candidate {
  readonly section: OperationKind;
  readonly line: number;
  /** Undefined if the cell of the name is missing, or can't be told from what follows. */
  readonly name: string | undefined;
  /** The text after the name, with marks around code. */
  readonly rest: string;
  /** The words of that text, without punctuation around them. A dash alone ends the labels. */
  readonly words: readonly string[];
  /** How many words precede the end of each cell; without the last cell. */
  readonly ends: readonly number[];
  /** The cells after the name. */
  readonly cells: readonly string[];
  readonly isHeading: boolean;
  /** Whether it is a row of a table. */
  readonly isRow: boolean;
}

const nameOnly = /^([A-Za-z_][A-Za-z0-9_.-]{0,99})(?:\[\])?[^\p{L}\p{N}]*$/u;
const nameFirst =
  /^(?:[-*•·–—]|\d+[.)])?\s*([A-Za-z_][A-Za-z0-9_.-]{0,99})(?:\[\])?(?![\p{L}\p{M}]|\s*[,،、;=/|])[\s:()–—-]*/u;

/** Every line of a section that may be a row, in order. */
export function candidatesOf(
  section: OperationKind,
  lines: readonly Line[],
  knowledge: Knowledge,
): Candidate[] {
  return joined(section, lines, knowledge).map((line) => candidateOf(section, line));
}

/** For pages that have their labels in the last column: the cells in the usual order. */
export function labelsFirst(candidate: Candidate): Candidate {
  const { cells } = candidate;
  if (cells.length < 2) return candidate;
  return { ...candidate, ...wordsOf([cells.at(-1) ?? "", ...cells.slice(0, -1)]) };
}

/** The longest row, in characters; anything longer does not describe a parameter. */
const maxLength = 20_000;

function candidateOf(section: OperationKind, whole: Line): Candidate {
  const isLong = whole.text.length > maxLength;
  const cells = whole.cells?.slice(0, 20).map((cell) => cell.slice(0, maxLength));
  const line = isLong ? { ...whole, text: whole.text.slice(0, maxLength), ...(cells && { cells }) } : whole;
  const { number, isHeading = false } = line;
  const base = { section, line: number, isHeading, isRow: line.cells !== undefined };
  if (line.cells !== undefined && line.cells.length > 1) {
    const [first = "", ...others] = line.cells;
    const name = nameOnly.exec(withoutMarks(first))?.[1];
    const cells = name !== undefined || withoutMarks(first) === "" ? others : line.cells;
    return { ...base, name, ...wordsOf(cells) };
  }
  // Code marks at the beginning would hide a name.
  const text = line.text.replace(/^([^\p{L}\p{N}]*)\u{E000}([^\u{E000}\u{E001}]*)\u{E001}/u, "$1$2 ");
  const found = nameFirst.exec(text);
  if (found === null) return { ...base, name: undefined, ...wordsOf([line.text]) };
  return { ...base, name: found[1], ...wordsOf([text.slice(found[0].length)]) };
}

/** Also used if what looked like a name turns out to be a label. */
export function wordsOf(cells: readonly string[]): Pick<Candidate, "rest" | "words" | "ends" | "cells"> {
  const words: string[] = [];
  const ends: number[] = [];
  for (const cell of cells) {
    for (const word of withoutMarks(cell).split(/\s+/)) {
      const bare = /^[-–—−]+$/.test(word) ? "-" : bareWord(word);
      if (bare !== "") words.push(bare);
    }
    ends.push(words.length);
  }
  return { rest: squeeze(cells.join(" ")), words, ends: ends.slice(0, -1), cells };
}

const punctuation = /[\p{P}\p{S}]/u;

/** A word without the punctuation before and behind it. */
function bareWord(word: string): string {
  const characters = [...word];
  const first = characters.findIndex((character) => !punctuation.test(character));
  const last = characters.findLastIndex((character) => !punctuation.test(character));
  return first === -1 ? "" : characters.slice(first, last + 1).join("");
}

/** The text without its first `count` words. */
export function withoutFirstWords(rest: string, count: number): string {
  let left = count;
  let at = 0;
  const word = /\S+/g;
  for (let found = word.exec(rest); found !== null && left > 0; found = word.exec(rest)) {
    at = word.lastIndex;
    if (found[0].replace(/[\p{P}\p{S}\p{Co}]/gu, "") !== "" || /^[-–—−]+$/.test(found[0])) left -= 1;
  }
  const text = rest.slice(at);
  // A code mark whose start was cut off.
  const [start, end] = [text.indexOf(codeStart), text.indexOf(codeEnd)];
  return end !== -1 && (start === -1 || end < start) ? codeStart + text : text;
}

/** Some browsers copy each cell to a line of its own: joins the lines of a row to cells again. */
function joined(section: OperationKind, lines: readonly Line[], knowledge: Knowledge): Line[] {
  const names = lines.map((line) => (line.cells === undefined ? bareName(line) : undefined));
  const known = names.filter((name) => name !== undefined && knowledge.meaning(section, name)).length;
  if (known < 2) return [...lines];
  const starts = names.flatMap((name, index) => (name === undefined ? [] : [index]));
  const heights = starts.slice(0, -1).map((start, index) => (starts[index + 1] ?? start) - start);
  const result: Line[] = [];
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] as Line;
    const next = starts.find((start) => start > index) ?? lines.length;
    const height = names[index] === undefined ? 1 : Math.min(next - index, 6, Math.max(2, ...heights));
    if (height === 1) result.push(line);
    else {
      const cells = lines.slice(index, index + height).map(({ text }) => text);
      result.push({ number: line.number, text: squeeze(cells.join(" ")), cells });
    }
    index += height - 1;
  }
  return result;
}

function bareName({ text }: Line): string | undefined {
  return /^[a-z][a-z0-9_]*$/.exec(withoutMarks(text))?.[0];
}
