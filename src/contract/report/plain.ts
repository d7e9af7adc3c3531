/**
 * Characters that make a terminal, a browser or a reader see something else than the text: control characters (C0, DEL, C1), bidirectional
 * marks and overrides (Unicode Standard Annex 9), line and paragraph separators, lone surrogates, invisible marks.
 */
const treacherous =
  /[\p{Cc}\u061C\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u2069\uFEFF\uFFF9-\uFFFB]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]|[\u{E0000}-\u{E007F}]/gu;

const short: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** A foreign text that is safe to show: those characters are escaped, so that they are visible. */
export function plain(text: string): string {
  return text.replaceAll(treacherous, escapeOf);
}

/** The escape of a character, for JSON and for a shell's `$'…'`. */
function escapeOf(character: string): string {
  const known = short[character];
  if (known !== undefined) return known;
  const hex = (character.codePointAt(0) ?? 0).toString(16);
  return hex.length > 4 ? `\\u{${hex}}` : `\\u${hex.padStart(4, "0")}`;
}
