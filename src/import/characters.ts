/** Marks around text that the page shows as code. They are from the private use area: `plain` removes those of pages. */
export const codeStart = "\u{E000}";
export const codeEnd = "\u{E001}";

/** The value of every decimal digit of Unicode beyond ASCII. Unicode has digits in runs of ten, from 0 to 9. */
const digits = new Map<string, string>();
for (let code = 0x80, seen = 0; code < 0x1_fc00; code++) {
  const char = String.fromCodePoint(code);
  if (/\p{Nd}/u.test(char)) digits.set(char, String(seen++ % 10));
}

/**
 * Normalises a page's text: digits of all scripts and full-width forms become ASCII, every kind of space becomes a space, and invisible
 * characters are removed: direction marks, joiners, soft hyphens, controls (also the start of terminal escapes), private characters. Line
 * breaks stay.
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

/** Removes the code marks. */
export function withoutMarks(text: string): string {
  return text.replace(/[\u{E000}\u{E001}]/gu, "");
}

/** Collapses white space to single spaces; code marks stay. */
export function squeeze(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
