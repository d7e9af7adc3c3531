/**
 * What would make a terminal, a browser or a reader see something else than what stands there: control characters (C0, DEL, C1), marks and
 * overrides of direction (Unicode Standard Annex 9), separators of lines and paragraphs, halves of surrogate pairs, invisible marks.
 */
const treacherous =
  /[\p{Cc}\u061C\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u2069\uFEFF\uFFF9-\uFFFB]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]|[\u{E0000}-\u{E007F}]/gu;

const short: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** A text of others as it may be shown: what is treacherous in it as an escape, so that it shows. */
export function plain(text: string): string {
  return text.replaceAll(treacherous, escapeOf);
}

/** The escape of JSON, and of a shell's `$'…'`, for a character. */
function escapeOf(character: string): string {
  const known = short[character];
  if (known !== undefined) return known;
  const hex = (character.codePointAt(0) ?? 0).toString(16);
  return hex.length > 4 ? `\\u{${hex}}` : `\\u${hex.padStart(4, "0")}`;
}
