import { withoutMarks } from "./characters.ts";
import { type Token, tokensOf } from "./token.ts";

export type Value = string | number;

/** What a description says about a parameter's values. */
export interface Described {
  /** Null if it lists none; empty if it introduces a list but has none. */
  readonly values: readonly Value[] | null;
  readonly default: Value | null;
  /** The datetime format, in the page's notation. */
  readonly format: string | null;
}

/** Words that introduce something on this page: the last natural word before a list, or before a default. */
export interface Phrases {
  readonly list: ReadonlySet<string>;
  readonly default: ReadonlySet<string>;
}

/** The surroundings of a description, which decide whether its words are code. */
export interface Context {
  /** Words that are code on this page: the contract's, and the names in its rows, samples and conditions. */
  readonly words: ReadonlySet<string>;
  readonly phrases: Phrases;
  /** Whether the row's values are numbers. */
  readonly isNumber: boolean;
  /** The parameter's values in the contract. In its row, these words are values in any sentence. */
  readonly known?: ReadonlySet<string>;
}

const part = "[A-Za-z]{1,4}";
const formats = new RegExp(
  `(?<![\\w/])(${part})([-./])(${part})\\2(${part})(?:[ T]+([A-Za-z]{1,2}):([A-Za-z]{1,2})(?::([A-Za-z]{1,2}))?)?(?![\\w/])`,
);
const dates = /\d{1,4}[-./]\d{1,2}[-./]\d{1,4}(?:[ T]+\d{1,2}:\d{2}(?::\d{2})?)?|\d{1,2}:\d{2}(?::\d{2})?/g;

/** The datetime format in a text: letters for year, month and day, each once. */
export function formatIn(text: string): string | null {
  const [form, one, , two, three] = formats.exec(text) ?? [];
  if (form === undefined) return null;
  const letters = [one, two, three].map((each) => each?.[0]?.toLowerCase() ?? "");
  const kinds = letters.map((letter) => ({ y: "y", m: "m", n: "m", d: "d", j: "d" })[letter]);
  return new Set(kinds).size === 3 && !kinds.includes(undefined) ? form : null;
}

/** Reads a row's description: the values, the default and the datetime format that it names. */
export function describedIn(text: string, context: Context): Described {
  const format = formatIn(withoutMarks(text));
  const rest = (format === null ? text : withoutMarks(text).replace(format, " ")).replace(dates, " ");
  const tokens = withoutQuotes(tokensOf(rest));
  const isForeign = mostlyForeign(tokens);
  const isCode = (token: Token | undefined) => token !== undefined && isCodish(token, context, isForeign);
  const plainList = findList(tokens, isCode, context) ?? findSingle(tokens, isCode, context);
  const list = scattered(tokens, plainList, context) ?? plainList;
  const isAnnounced = list === undefined && announces(tokens, context);
  return {
    values: list ? list.items.map(valueIn) : isAnnounced ? [] : null,
    default: findDefault(tokens, list, isCode, context),
    format,
  };
}

/** A list in a description: its items and its position, the end exclusive. */
export interface List {
  readonly items: readonly Token[];
  readonly start: number;
  readonly end: number;
}

/** The list in a row that is known to have one: every item is accepted, code or not. */
export function listIn(text: string, words: ReadonlySet<string>): (List & { tokens: Token[] }) | undefined {
  const tokens = withoutQuotes(tokensOf(text));
  const isForeign = mostlyForeign(tokens);
  const context = {
    words,
    phrases: { list: new Set<string>(), default: new Set<string>() },
    isNumber: false,
  };
  const isCode = (token: Token | undefined) => token !== undefined && isCodish(token, context, isForeign);
  const list = findList(tokens, isCode, context) ?? findSingle(tokens, isCode, context);
  return list && { ...list, tokens };
}

export function withoutQuotes(tokens: readonly Token[]): Token[] {
  return tokens.filter(({ kind, text }) => kind === "number" || !/^[\p{Quotation_Mark}`]$/u.test(text));
}

function mostlyForeign(tokens: readonly Token[]): boolean {
  const foreign = tokens.filter(
    ({ kind, text }) => kind === "word" && /[^\P{L}\p{Script=Latin}]/u.test(text),
  );
  return foreign.length > 0;
}

function isCodish({ kind, text, isCode }: Token, { words }: Context, isForeign: boolean): boolean {
  if (kind === "number" || isCode) return kind !== "stop" && kind !== "comma";
  if (kind !== "name") return false;
  return words.has(text) || /_|^[A-Z]{2,}$/.test(text) || (isForeign && /^[a-z][a-z0-9-]*$/.test(text));
}

type IsCode = (token: Token | undefined) => boolean;

/** The longest list with at least two items. */
function findList(tokens: readonly Token[], isCode: IsCode, context: Context): List | undefined {
  let best: List | undefined;
  for (let at = 0; at < tokens.length; at++) {
    const list = listAt(tokens, at, isCode);
    if (list === undefined) continue;
    const fitting = fitted(tokens, list, isCode, context);
    if (fitting && fitting.items.length > (best?.items.length ?? 1)) best = fitting;
    at = list.end - 1;
  }
  return best;
}

const isItem = (token: Token | undefined) => token?.kind === "number" || token?.kind === "name";

function listAt(tokens: readonly Token[], start: number, isCode: IsCode): List | undefined {
  if (!isItem(tokens[start])) return undefined;
  const items = [tokens[start] as Token];
  let end = start + 1;
  for (;;) {
    const gloss = afterGloss(tokens, end);
    let next = gloss;
    while (tokens[next]?.kind === "comma") next += 1;
    const hasComma = next > gloss;
    if (hasComma && isItem(tokens[next])) {
      items.push(tokens[next] as Token);
      end = next + 1;
      continue;
    }
    // "ASC or DESC", "50, 100 and 250": a word or two between two pieces of code of the same kind.
    const other = [next + 1, next + 2].find((each) => isCode(tokens[each]));
    const words = other === undefined ? [] : tokens.slice(next, other);
    const last = items.at(-1);
    const joins =
      words.length > 0 &&
      words.every((each) => each.kind === "word" || (each.kind === "name" && !isCode(each)));
    if (other !== undefined && joins && isCode(last) && continues(items, tokens[other] as Token)) {
      items.push(tokens[other] as Token);
      end = other + 1;
      continue;
    }
    return { items, start, end: gloss > end ? gloss : end };
  }
}

/** Whether a word after a conjunction belongs to the list. Numbers must ascend; a value that the list already has is a default. */
function continues(items: readonly Token[], next: Token): boolean {
  const last = items.at(-1) as Token;
  if (items.some(({ text }) => text === next.text) || last.kind !== next.kind) return false;
  return next.kind !== "number" || (items.length > 1 && Number(next.text) > Number(last.text));
}

/** The position after an explanation in brackets. */
function afterGloss(tokens: readonly Token[], at: number): number {
  if (tokens[at]?.kind !== "open") return at;
  const close = tokens.slice(at, at + 20).findIndex(({ kind, text }) => kind === "close" || text === ")");
  return close === -1 ? at : at + close + 1;
}

/** The part of a comma-separated text that is a list of values; undefined if it is prose. */
function fitted(tokens: readonly Token[], list: List, isCode: IsCode, context: Context): List | undefined {
  let { items, start } = list;
  const isIntroduced =
    tokens[start - 1]?.kind === "colon" || context.phrases.list.has(wordBefore(tokens, start));
  if (!isIntroduced) {
    // "The page, name, datetime": skips the sentence before the list.
    while (items.length > 0 && !isCode(items[0])) {
      const second = items[1];
      if (second === undefined) return undefined;
      start = tokens.indexOf(second, start);
      items = items.slice(1);
    }
  }
  const after = tokens[list.end];
  const runsOn = after?.kind === "word" || after?.kind === "name";
  const coded = items.filter((each) => isCode(each)).length;
  if (runsOn && items.length > 1 && !isCode(items.at(-1)) && coded > 0) items = items.slice(0, -1);
  if (items.length < 2) return undefined;
  const all = new Set(items.map(({ text }) => text));
  if (all.size < items.length && items.every(({ kind }) => kind === "number")) items = withoutRepeated(items);
  if (coded * 2 < items.length && !isIntroduced) return undefined;
  return { items, start, end: list.end };
}

/** "500, 1000, 25": a value that the list already has is its default. */
function withoutRepeated(items: readonly Token[]): Token[] {
  return items.filter(({ text }, index) => items.findIndex((each) => each.text === text) === index);
}

/** Values in sentences: "ASC for the one order, DESC for the other". */
function scattered(tokens: readonly Token[], list: List | undefined, { known }: Context): List | undefined {
  if (known === undefined) return undefined;
  const found = [...tokens.entries()].filter(([, { text }]) => known.has(text));
  const items = withoutRepeated(found.map(([, token]) => token));
  if (items.length < 2 || items.length <= (list?.items.length ?? 0)) return undefined;
  const places = found.map(([at]) => at);
  return { items, start: places[0] ?? 0, end: (places.at(-1) ?? 0) + 1 };
}

/** A list with one item, which must be introduced by a known phrase. */
function findSingle(
  tokens: readonly Token[],
  isCode: IsCode,
  { phrases, isNumber }: Context,
): List | undefined {
  for (const [at, token] of tokens.entries()) {
    if (!isItem(token) || (isNumber && token.kind === "number")) continue;
    const next = tokens[afterGloss(tokens, at + 1)];
    const isLast = next === undefined || next.kind === "stop" || (next.kind === "word" && !next.isApart);
    const word = wordBefore(tokens, at);
    const isColon = tokens[at - 1]?.kind === "colon";
    if (phrases.default.has(word) && !phrases.list.has(word)) continue;
    const isAnnounced = phrases.list.has(word) || (isColon && isCode(token));
    if (isAnnounced && (isLast || isCode(token)) && (isColon || isCode(token))) {
      return { items: [token], start: at, end: at + 1 };
    }
  }
  return undefined;
}

/** The last natural word before a position, in lower case; empty if there is none. */
export function wordBefore(tokens: readonly Token[], at: number): string {
  for (let index = at - 1; index >= 0 && index >= at - 3; index--) {
    const token = tokens[index];
    if (token?.kind === "word" || (token?.kind === "name" && !token.isCode)) return token.text.toLowerCase();
    if (token?.kind === "stop" || token?.kind === "number") return "";
  }
  return "";
}

/** Whether the text ends with a phrase that introduces a list. */
function announces(tokens: readonly Token[], { phrases }: Context): boolean {
  return tokens.some((token, at) => {
    if (token.kind !== "colon" || !phrases.list.has(wordBefore(tokens, at))) return false;
    const next = tokens[at + 1];
    return next === undefined || next.kind === "stop" || next.kind === "comma";
  });
}

function findDefault(
  tokens: readonly Token[],
  list: List | undefined,
  isCode: IsCode,
  { phrases, isNumber }: Context,
): Value | null {
  const values = new Set(list?.items.map(({ text }) => text));
  const outside = [...tokens.entries()].filter(
    ([at, token]) => isItem(token) && (list === undefined || at < list.start || at >= list.end),
  );
  const announced = outside.filter(([at]) => phrases.default.has(wordBefore(tokens, at)));
  if (!isNumber) {
    // A word may be repeated. It is the default if it is introduced as one, or marked as code after the list.
    const marked = outside.filter(
      ([at, { isCode, text }]) => isCode && values.has(text) && list && at >= list.end,
    );
    const found = (announced.findLast(([, token]) => isCode(token)) ?? marked.at(-1))?.[1];
    return found === undefined ? null : valueIn(found);
  }
  const numbers = outside.filter(([, { kind }]) => kind === "number");
  const found =
    numbers.findLast(([, { text }]) => values.has(text))?.[1] ??
    (list && repeatedIn(tokens, list)) ??
    announced.findLast(([, { kind }]) => kind === "number")?.[1] ??
    numbers.at(-1)?.[1];
  return found === undefined ? gluedNumber(tokens, list) : valueIn(found);
}

/** "alap1": a number directly after a word. */
function gluedNumber(tokens: readonly Token[], list: List | undefined): number | null {
  const outside = tokens.filter((_, at) => list === undefined || at < list.start || at >= list.end);
  const numbers = outside.flatMap(({ text }) => /^\p{L}+([0-9]+)\p{L}*$/u.exec(text)?.[1] ?? []);
  return numbers.length === 0 ? null : Number(numbers.at(-1));
}

function repeatedIn(tokens: readonly Token[], { start, end }: List): Token | undefined {
  const items = tokens.slice(start, end).filter(({ kind }) => kind === "number");
  return items.findLast(({ text }, index) => items.findIndex((each) => each.text === text) !== index);
}

export function valueIn({ kind, text }: Token): Value {
  return kind === "number" ? Number(text) : text;
}
