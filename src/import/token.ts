import { codeEnd, codeStart } from "./characters.ts";

/** A part of a description. Natural words are compared and located, but never understood. */
export interface Token {
  /**
   * `number`; `name`: could be code, a word of ASCII letters, digits, `_` and `-`; `word`: any other word; `comma`, `colon`, `stop`:
   * punctuation of any script; `open`, `close`: brackets; `mark`: any other sign.
   */
  readonly kind: "number" | "name" | "word" | "comma" | "colon" | "stop" | "open" | "close" | "mark";
  readonly text: string;
  /** Whether the page marks it as code. */
  readonly isCode: boolean;
  /** Whether a space precedes it. */
  readonly isApart: boolean;
}

/** The longest description, in characters; anything longer does not describe a parameter. */
const maxLength = 20_000;

const runs =
  /[\u{E000}\u{E001}]|[0-9]+(?:\.[0-9]+)*(?![A-Za-z0-9_]*_)|[\p{Script=Latin}\p{M}0-9_]+(?:[-][\p{Script=Latin}\p{M}0-9_]+)*|[^\P{L}\p{Script=Latin}][\p{L}\p{M}]*?(?=\p{Script=Latin}|[^\p{L}\p{M}]|$)|\s+|./gu;

/** Reads a description, with marks around its code. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let isCode = false;
  let isApart = true;
  for (const [run] of text.slice(0, maxLength).matchAll(runs)) {
    if (run === codeStart || run === codeEnd) {
      isCode = run === codeStart;
      continue;
    }
    if (/^\s/.test(run)) {
      isApart = true;
      continue;
    }
    tokens.push({ kind: kindOf(run), text: run, isCode, isApart });
    isApart = false;
  }
  return tokens;
}

function kindOf(text: string): Token["kind"] {
  if (/^[0-9]+$/.test(text)) return "number";
  if (/^[A-Za-z_][A-Za-z0-9_-]*$/.test(text)) return "name";
  if (/[\p{L}\p{M}\p{N}]/u.test(text)) return "word";
  // Colons of Armenian, Khmer and other scripts. The Ethiopic wordspace separates words.
  if (/[:：՝៖፦᠄፥]/u.test(text)) return "colon";
  if (/\p{Sentence_Terminal}/u.test(text)) return "stop";
  if (/[\p{Ps}\p{Pi}]/u.test(text)) return "open";
  if (/[\p{Pe}\p{Pf}]/u.test(text)) return "close";
  if (/[/|·•・‧;]|\p{Terminal_Punctuation}/u.test(text)) return "comma";
  return "mark";
}
