/** A shorter key is part of many words, so it is masked only where it stands alone. A key worth stealing is longer. */
const SHORTEST_SECRET = 8;

/** Where a word starts: also after an escape such as `%20` and `\n`. */
const WORD_START = "(?<=^|\\W|%\\w\\w|\\\\[nrt])";

/** The longest excerpt of a text of others in a message. */
const EXCERPT = 120;

/**
 * A text of others without the key: as it is, percent-encoded, with JSON's escapes, and in Base64, where it may be part of a longer
 * text.
 */
export function mask(text: string, key: string | undefined): string {
  return key ? text.replace(keyPattern(key), "[key]") : text;
}

/** Whatever a key looks like in a text of others: as it is, escaped, or within Base64. */
export function keyPattern(key: string): RegExp {
  const pattern =
    key.length < SHORTEST_SECRET
      ? `${WORD_START}(?:${anyEscape(key)}|${anyEscape(btoa(key))})(?!\\w)`
      : [anyEscape(key), ...[0, 1, 2].map((bytesBefore) => insideBase64(key, bytesBefore))].join("|");
  return new RegExp(pattern, "g");
}

/** The beginning of a text of others, masked and on one line. */
export function excerpt(text: string, key: string | undefined): string {
  // Cut twice: a key that the first cut halves is beyond the second.
  const line = mask(text.slice(0, 10_000), key)
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim();
  return line.length > EXCERPT ? `${line.slice(0, EXCERPT)}...` : line;
}

/** A pattern for a text of visible ASCII whose characters may be escaped, each in its own way. */
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
 * A pattern for the Base64 of a text that contains the key. Three bytes are four characters, so there are three ways to write the key;
 * the characters at its ends hold bits of its neighbours.
 */
function insideBase64(key: string, bytesBefore: number): string {
  const length = bytesBefore + key.length;
  const whole = btoa("-".repeat(bytesBefore) + key).slice(
    Math.ceil((bytesBefore * 8) / 6),
    Math.floor((length * 8) / 6),
  );
  // The alphabet for URLs has other characters for two.
  const pattern = whole.split(/[+/]/).map(anyEscape).join(".{1,6}?");
  return `${bytesBefore ? "." : ""}${pattern}${length % 3 ? ".=*" : ""}`;
}
