import { eld } from "eld/extrasmall";
import { francAll } from "franc-all";
import { languageTag } from "./language-tag.ts";

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
 * The language of a text in words, as an ISO 639-1 code; undefined if it can't be told. Two libraries are asked: eld tells 60 languages
 * well, relatives among them, and takes any other for one of them; franc-all knows all others.
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
  // eld has no Indonesian, whose words Malay shares.
  return first === "ms" ? "id" : first;
}
