import { withoutMarks } from "./characters.ts";
import type { Knowledge } from "./knowledge.ts";
import type { Line } from "./line.ts";
import { isSampleLine } from "./section.ts";

/** Enough characters to detect the language, and few enough to be fast. */
const maxLength = 3000;

/** The language of a page's words, as an ISO 639-1 code; undefined if it can't be determined. */
export async function languageOf(lines: readonly Line[], knowledge: Knowledge): Promise<string | undefined> {
  const text = naturalText(lines, knowledge);
  if (text.length < 20) return undefined;
  // The detection needs 100 MB of memory, so it is loaded only for pages that don't name their language.
  const { guessLanguage } = await import("./guess-language.ts");
  return guessLanguage(text);
}

/** The words of the page without code, each line once. */
function naturalText(lines: readonly Line[], { words }: Knowledge): string {
  const parts = new Set([...words].flatMap((word) => word.toLowerCase().split("_")));
  const isCode = (word: string) => {
    const letters = word.replace(/[^A-Za-z]/g, "");
    return /[_=/{}0-9]/.test(word) || /^[A-Z]{2,}$/.test(letters) || parts.has(letters.toLowerCase());
  };
  const seen = new Set<string>();
  let length = 0;
  for (const line of lines) {
    const text = withoutMarks(line.text);
    if (isSampleLine(text) || /^["{}[\]]|https?:\/\//.test(text) || text.length > 2000) continue;
    const bare = text
      .split(/\s+/)
      .filter((word) => !isCode(word))
      .join(" ")
      .replace(/[^\p{L}\p{M}'’ ]/gu, " ")
      .trim();
    if (bare.length < 2 || seen.has(bare)) continue;
    seen.add(bare);
    length += bare.length;
    if (length > maxLength) break;
  }
  return [...seen].join(" ");
}
