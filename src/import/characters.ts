/** Marks around what the page shows as code, from the private use area: no page can bring its own, `plain` removes them. */
export const codeStart = "\u{E000}";
export const codeEnd = "\u{E001}";

/** The value of every decimal digit of Unicode beyond ASCII. Digits stand in runs of ten, from 0 to 9. */
const digits = new Map<string, string>();
for (let code = 0x80, seen = 0; code < 0x1_fc00; code++) {
  const char = String.fromCodePoint(code);
  if (/\p{Nd}/u.test(char)) digits.set(char, String(seen++ % 10));
}

/**
 * A page's text in plain characters: digits of all scripts and full-width forms as ASCII, every kind of space as a space, and without what
 * can't be seen: direction marks, joiners, soft hyphens, controls (the start of a terminal's escapes among them), private characters.
 * Line breaks stay.
 */
export function plain(text: string): string {
  if (/^[\t\n\r\x20-\x7e]*$/.test(text)) return text;
  return text
    .replace(/[\p{Cf}\p{Co}\p{Cs}]|[^\P{Cc}\t\n\r]/gu, "")
    .replace(/[\u{FF01}-\u{FF5E}]/gu, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replace(/[^\P{Zs} ]/gu, " ")
    .replace(/(?![0-9])\p{Nd}/gu, (char) => digits.get(char) ?? char)
    .replace(/(?<=[0-9])\u066C(?=[0-9]{3}(?![0-9]))/g, "");
}

/** The text without the marks of code. */
export function withoutMarks(text: string): string {
  return text.replace(/[\u{E000}\u{E001}]/gu, "");
}

/** One line of it: marks kept, spaces single. */
export function squeeze(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
