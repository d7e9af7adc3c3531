import { squeeze, withoutMarks } from "./characters.ts";
import type { Parameter } from "./facts.ts";
import type { Knowledge } from "./knowledge.ts";
import type { Row } from "./rows.ts";
import { tokensOf } from "./token.ts";
import { describedIn, listIn, type Phrases, withoutQuotes, wordBefore } from "./values.ts";

/** The rows of the list's parameters, in the page's order. */
export function parametersOf(
  rows: readonly Row[],
  lists: ReadonlySet<string>,
  words: ReadonlySet<string>,
  knowledge: Knowledge,
): Parameter[] {
  const own = rows.filter(({ section, name }) => section === "list" && name !== undefined);
  const phrases = { list: new Set(lists), default: new Set<string>() };
  learnPhrases(own, phrases, words, knowledge);
  return own.map(({ name = "", required, type, description, line }) => {
    const isNumber = type === "integer" || isPageRow(name, knowledge);
    const known = new Set(isNumber ? [] : knowledge.family.parameters[name]?.values);
    const described = describedIn(description, { words, phrases, isNumber, known });
    const { values, default: value, format } = described;
    return { name, required, type, enum: values, default: value, format, line };
  });
}

const isPageRow = (name: string, { pageParameter, sizeParameter }: Knowledge) =>
  name === pageParameter || name === sizeParameter;

/** Learns from the two rows that every page has how this page introduces a list and a default. */
function learnPhrases(
  rows: readonly Row[],
  phrases: { list: Set<string>; default: Set<string> },
  words: ReadonlySet<string>,
  knowledge: Knowledge,
): void {
  for (const { name, description } of rows) {
    if (name === undefined || !isPageRow(name, knowledge)) continue;
    const none: Phrases = { list: new Set(), default: new Set() };
    const { default: value } = describedIn(description, { words, phrases: none, isNumber: true });
    const list = listIn(description, words);
    const tokens = list?.tokens ?? withoutQuotes(tokensOf(description));
    if (list) addWord(phrases.list, wordBefore(tokens, list.start));
    const at = tokens.findLastIndex(
      ({ kind, text }, index) =>
        kind === "number" &&
        Number(text) === value &&
        (list === undefined || index < list.start || index >= list.end),
    );
    if (at !== -1) addWord(phrases.default, wordBefore(tokens, at));
  }
}

export function addWord(set: Set<string>, word: string): void {
  if (squeeze(withoutMarks(word)) !== "") set.add(word);
}
