/** A piece of text, or the name of a character that can't be seen. */
export type Piece = { readonly text: string } | { readonly sign: string };

/**
 * Characters that change how the text around them looks, or don't show: controls, bidirectional marks, overrides and isolates (Unicode
 * Standard Annex 9) and other format characters, separators of lines, halves of pairs. The two joiners belong to words of Persian, and to
 * emoji.
 */
const unseen = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** A text in pieces, so that everything in it is seen and nothing in it changes what is beside it. */
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

/** The beginning of a text, and how many characters are left out. No pair is halved. */
export function cut(text: string, most: number): { readonly shown: string; readonly more: number } {
  if (text.length <= most) return { shown: text, more: 0 };
  const isHalf = /[\ud800-\udbff]/.test(text[most - 1] ?? "");
  const shown = text.slice(0, isHalf ? most - 1 : most);
  return { shown, more: text.length - shown.length };
}
