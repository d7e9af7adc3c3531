/** A shorter key is part of many words, so it is masked only as a whole word. A key worth stealing is longer. */
const SHORTEST_SECRET = 8;

/** The start of a word, also after an escape such as `%20` and `\n`. */
const WORD_START = "(?<=^|\\W|%\\w\\w|\\\\[nrt])";

/** The longest excerpt of a foreign text in a message, in characters. */
const EXCERPT = 120;

/** Removes the key from a foreign text: as it is, percent-encoded, with JSON escapes, and in Base64, even as a part of a longer text. */
export function mask(text: string, key: string | undefined): string {
  return key ? text.replace(keyPattern(key), "[key]") : text;
}

/** Matches every form of a key in a foreign text: as it is, escaped, or within Base64. */
export function keyPattern(key: string): RegExp {
  const pattern =
    key.length < SHORTEST_SECRET
      ? `${WORD_START}(?:${anyEscape(key)}|${anyEscape(btoa(key))})(?!\\w)`
      : [anyEscape(key), ...[0, 1, 2].map((bytesBefore) => insideBase64(key, bytesBefore))].join("|");
  return new RegExp(pattern, "g");
}

/** The beginning of a foreign text, masked and on one line. */
export function excerpt(text: string, key: string | undefined): string {
  // Cut twice, so that a key that the first cut splits is beyond the second.
  const line = mask(text.slice(0, 10_000), key)
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim();
  return line.length > EXCERPT ? `${line.slice(0, EXCERPT)}...` : line;
}

/** A pattern for a text of visible ASCII in which each character may be escaped in some way. */
export function anyEscape(text: string): string {
  return text.replace(/./g, (character) => {
    const plain = character.replace(/\W/, "\\\\*\\$&");
    const hex = character
      .charCodeAt(0)
      .toString(16)
      .replace(/[a-f]/, (digit) => `[${digit}${digit.toUpperCase()}]`);
    return `(?:${plain}|(?:%(?:25)*|\\\\+u00)${hex})`;
  });
}

/**
 * A pattern for the Base64 of a text that contains the key. Base64 turns three bytes into four characters, so the key has three encodings,
 * by its offset. The characters at its ends also hold bits of the neighbouring bytes.
 */
function insideBase64(key: string, bytesBefore: number): string {
  const length = bytesBefore + key.length;
  const whole = btoa("-".repeat(bytesBefore) + key).slice(
    Math.ceil((bytesBefore * 8) / 6),
    Math.floor((length * 8) / 6),
  );
  // The URL-safe alphabet replaces two characters.
  const pattern = whole.split(/[+/]/).map(anyEscape).join(".{1,6}?");
  return `${bytesBefore ? "." : ""}${pattern}${length % 3 ? ".=*" : ""}`;
}
