/** A piece of text, or the name of an invisible character. */
export type Piece = { readonly text: string } | { readonly sign: string };

/**
 * Characters that are invisible, or change how the text around them looks: controls, bidirectional marks, overrides and isolates (Unicode
 * Standard Annex 9) and other format characters, line separators, lone surrogates. The two joiners are allowed: words of Persian, and
 * emoji, need them.
 */
const unseen = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Splits a text so that everything in it is visible and nothing in it affects the text beside it. */
export function piecesOf(text: string, hasLines: boolean): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(unseen)) {
    if (hasLines && (match[0] === "\n" || match[0] === "\t")) continue;
    if (match.index > from) pieces.push({ text: text.slice(from, match.index) });
    const code = match[0].codePointAt(0) ?? 0;
    pieces.push({ sign: `U+${code.toString(16).toUpperCase().padStart(4, "0")}` });
    from = match.index + match[0].length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from) });
  return pieces;
}

/** The beginning of a text, and how many characters were cut off. Never cuts a surrogate pair. */
export function cut(text: string, most: number): { readonly shown: string; readonly more: number } {
  if (text.length <= most) return { shown: text, more: 0 };
  const isHalf = /[\ud800-\udbff]/.test(text[most - 1] ?? "");
  const shown = text.slice(0, isHalf ? most - 1 : most);
  return { shown, more: text.length - shown.length };
}
