import { mediaTypeOf } from "../../description/index.ts";
import type { Exchange, Outcome } from "../wire/index.ts";

const longestExcerpt = 160;

/** A value for people: JSON on one line, shortened. */
export function excerpt(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > longestExcerpt ? `${text.slice(0, longestExcerpt)}…` : text;
}

/** An answer for people: status, content type, and the beginning of the body. */
export function shown(answer: Outcome): string {
  if (answer.kind === "failure") return answer.message;
  const type = mediaTypeOf(answer.headers.get("content-type") ?? "");
  const location = answer.headers.get("location");
  const text = answer.text.replaceAll(/\s+/g, " ");
  const body = text.length > longestExcerpt ? `${text.slice(0, longestExcerpt)}…` : text;
  return [
    String(answer.status),
    ...(location === undefined ? [] : [`to ${location}`]),
    ...(type === "" ? [] : [type]),
    ...(body === "" ? ["(empty body)"] : [body]),
  ].join(" ");
}

/** The request, as the beginning of a sentence. */
export function sentenceOf({ call }: Exchange): string {
  return `${call.purpose.charAt(0).toUpperCase()}${call.purpose.slice(1)}`;
}

/** Turns `is refused with 401` into `is not refused with 401`. */
export function negated(sentence: string): string {
  return sentence.replace(/^(is|has|finds)\b/, (verb) =>
    verb === "finds" ? "does not find" : `${verb} not`,
  );
}
