/** A shorter key is part of many words, so it is masked only as a whole word. A key worth stealing is longer. */
const SHORTEST_SECRET = 8;

/** The start of a word, also after an escape such as `%20` and `\n`. */
const WORD_START = "(?<=^|\\W|%\\w\\w|\\\\[nrt])";

/** The longest excerpt of a foreign text in a message, in characters. */
const EXCERPT = 120;

/** Removes the key from a foreign text: as it is, percent-encoded, escaped as in JSON or HTML, and in Base64, even as a part of a longer text. */
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
export function excerpt(text: string, key = ""): string {
  // Cut twice, so that a key that the first cut splits is beyond the second, even if all before it is keys, which get short.
  const most = 10_000 + 200 * key.length;
  let line = "";
  for (const [word] of text.matchAll(/[^\s\p{Cc}]+/gu)) {
    line += `${line && " "}${word}`;
    if (line.length > most) break;
  }
  const masked = mask(line.slice(0, most), key);
  return masked.length > EXCERPT ? `${masked.slice(0, EXCERPT)}...` : masked;
}

/**
 * A pattern for a text of visible ASCII in which each character may be escaped in some way, a few times over. What repeats is bounded: a search
 * in a text of nothing but backslashes would take the square of its length.
 */
export function anyEscape(text: string): string {
  return text.replace(/./g, (character) => {
    const plain = character.replace(/\W/, "\\\\{0,16}\\$&");
    const code = character.charCodeAt(0);
    const hex = code.toString(16).replace(/[a-f]/, (digit) => `[${digit}${digit.toUpperCase()}]`);
    // Words are never escaped in HTML. The name may be that of another character: this masks rather more.
    const inHtml = /\w/.test(character) ? "" : `&(?:#0{0,6}${code}|#[xX]0{0,6}${hex}|quot|amp|apos|lt|gt);|`;
    return `(?:${inHtml}${plain}|(?:%(?:25){0,8}|\\\\{1,16}u00)${hex})`;
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
