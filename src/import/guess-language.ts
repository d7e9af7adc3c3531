import { eld } from "eld/extrasmall";
import { francAll } from "franc-all";
import { languageTag } from "./language-tag.ts";

/** Caches the ISO 639-1 codes of franc's codes, which are slow to compute. */
const codes = new Map<string, string | undefined>();

function primary(code: string): string | undefined {
  if (!codes.has(code)) {
    const tag = languageTag(code)?.split("-")[0]?.replace(/^fil$/, "tl").replace(/^nb$/, "no");
    codes.set(code, tag?.length === 2 ? tag : undefined);
  }
  return codes.get(code);
}

/** The languages that eld knows. It takes every other language for one of these. */
const familiar: ReadonlySet<string> = new Set(Object.values(eld.info().Languages));

/** The lowest score of eld when it is right; below it, the language is one that eld does not know. */
const sureScore = 0.65;

/** How far franc's score for eld's language may be below its best score, if eld is right. */
const clearMargin = 0.025;

/**
 * The language of a text, as an ISO 639-1 code; undefined if it can't be determined. Two libraries are used: eld knows 60 languages well,
 * also related ones, and takes any other for one of them; franc-all knows all others.
 */
export function guessLanguage(text: string): string | undefined {
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
  // eld lacks Indonesian, which shares its words with Malay.
  return first === "ms" ? "id" : first;
}
