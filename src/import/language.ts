import { eld } from "eld/extrasmall";
import { francAll } from "franc-all";
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

/** franc's codes as ISO 639-1 codes, where they have one: asked for on every page, and slow to work out. */
const codes = new Map<string, string | undefined>();

function primary(code: string): string | undefined {
  if (!codes.has(code)) {
    const tag = languageTag(code)?.split("-")[0]?.replace(/^fil$/, "tl").replace(/^nb$/, "no");
    codes.set(code, tag?.length === 2 ? tag : undefined);
  }
  return codes.get(code);
}

/** The languages that eld knows; whichever other it reads, it takes for one of these. */
const familiar: ReadonlySet<string> = new Set(Object.values(eld.info().Languages));

/** What eld scores where it is right; below, the language is one that it doesn't know. */
const sureScore = 0.65;

/** How much worse franc finds eld's language than the best one, where the best is right. */
const clearMargin = 0.025;

/**
 * The language that the words of a page are in, as an ISO 639-1 code; undefined where nobody can tell. Two libraries are asked: eld tells 60
 * languages well, relatives among them, and takes any other for one of them; franc-all knows all others.
 */
export function languageOf(lines: readonly Line[], knowledge: Knowledge): string | undefined {
  const text = naturalText(lines, knowledge);
  if (text.length < 20) return undefined;
  const scores = Object.entries(eld.detect(text).getScores()).sort(([, one], [, other]) => other - one);
  const [first = "", score = 0] = scores[0] ?? [];
  const guesses = francAll(text, { minLength: 10 }).flatMap(([code, rank]) => {
    const tag = primary(code);
    return tag === undefined ? [] : [{ tag, rank }];
  });
  const best = guesses[0]?.tag;
  if (score < sureScore || first === "") return best ?? (first || undefined);
  const rank = guesses.find(({ tag }) => tag === first)?.rank ?? 0;
  if (best !== undefined && !familiar.has(best) && 1 - rank > clearMargin) return best;
  // eld has no Indonesian, whose words Malay shares.
  return first === "ms" ? "id" : first;
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
