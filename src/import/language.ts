import { francAll } from "franc";
import { detectAll } from "tinyld";
import { withoutMarks } from "./characters.ts";
import type { Knowledge } from "./knowledge.ts";
import type { Line } from "./line.ts";
import { isSampleLine } from "./section.ts";

/** Text enough to tell a language by, and short enough to be quick. */
const maxLength = 3000;

/** A language as pages name it: a BCP 47 tag, as `pt-BR`; undefined where it is none. */
export function languageTag(text: string | undefined): string | undefined {
  if (text === undefined || !/^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$/.test(text)) return undefined;
  try {
    const [tag] = Intl.getCanonicalLocales(text.replaceAll("_", "-"));
    return tag === "und" || tag === "zxx" ? undefined : tag;
  } catch {
    return undefined;
  }
}

/**
 * The language that the words of a page are in; undefined where nobody can tell. Two libraries are asked: tinyld knows 62 languages well
 * and takes any other for one of them, franc knows three times as many and mixes up relatives.
 */
export function languageOf(lines: readonly Line[], knowledge: Knowledge): string | undefined {
  const text = naturalText(lines, knowledge);
  if (text.length < 20) return undefined;
  const guesses = francAll(text, { minLength: 10 }).flatMap(([code, score]) => {
    const tag = languageTag(code);
    return tag?.length === 2 ? [{ tag: tag === "zh" ? "zh" : tag, score }] : [];
  });
  const [best] = guesses;
  const other = detectAll(text)[0]?.lang;
  const agreed = guesses.find(({ tag, score }) => tag === other && score > 0.93);
  return agreed?.tag ?? best?.tag ?? languageTag(other);
}

/** The words of the page without its code, each line once. */
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
