import { anyEscape, keyPattern } from "../../client/mask.ts";
import type { Finding } from "../findings/index.ts";
import type { Call, Exchange, Keys, Outcome } from "../wire/index.ts";
import { plain } from "./plain.ts";
import type { Report } from "./report.ts";

/** Masks the keys in a text. */
export type Mask = (text: string) => string;

/** How many characters of a key, before a place where a text was cut, are enough to mask them. */
const tellingLength = 4;

/**
 * How many characters of a cut key are compared. Behind so many that are the key's, everything up to the cut is masked: V8 compiles what nests
 * as deep as a long key in seconds, and ends the process at some 4,000 characters.
 */
const comparedLength = 128;

/**
 * Masks the keys in a text, in every encoding in which an instance may send one back, and the beginning of a key before a place where the
 * text was cut. Only for output: a key may be a common word, so answers are judged unmasked.
 */
export function maskOf({ valid, other }: Keys): Mask {
  const marks = [...marksOf(valid, "[key]"), ...(other === undefined ? [] : marksOf(other, "[other key]"))];
  return (text) =>
    marks.reduce(
      (masked, { pattern, mark, within, length }) =>
        masked.length >= length && masked.includes(within) ? masked.replace(pattern, mark) : masked,
      text,
    );
}

/** The same for texts that people read; invisible characters are escaped, too. */
export function shownMaskOf(keys: Keys): Mask {
  const mask = maskOf(keys);
  return (text) => plain(mask(text));
}

function marksOf(key: string, mark: string) {
  return [
    // Most texts are shorter than a key, and no encoding shortens it. The patterns are long, so they are tried as seldom as can be.
    { pattern: keyPattern(key), mark, within: "", length: key.length },
    // Most texts are whole: they are not searched for beginnings.
    { pattern: beginningOf(key), mark: `${mark}…`, within: "…", length: tellingLength },
  ];
}

/** Matches the first characters of a key that was cut off, escaped in any way or as Base64, with a partial escape at the end. */
function beginningOf(key: string): RegExp {
  const base64 = [0, 1, 2].map((before) =>
    Buffer.from("-".repeat(before) + key)
      .toString("base64")
      .slice(Math.ceil((before * 8) / 6)),
  );
  const ways = [key, ...base64].map((text) => {
    const units = [...text].map((it) =>
      it === "+" || it === "/" ? `(?:[-_]|${anyEscape(it)})` : anyEscape(it),
    );
    const rest = units
      .slice(tellingLength, comparedLength)
      .reduceRight(
        (longer, unit) => `(?:${unit}${longer})?`,
        units.length > comparedLength ? "[^\\s…]*" : "",
      );
    return units.slice(0, tellingLength).join("") + rest;
  });
  return new RegExp(`(?:${ways.join("|")})[\\\\%&#uxX\\da-fA-F]{0,6}…`, "g");
}

/** A report with the keys masked in everything that comes from the instance. */
export function maskedReport(report: Report, mask: Mask): Report {
  const { results, leftovers, reason } = report;
  return {
    ...report,
    ...(reason !== undefined && { reason: mask(reason) }),
    results: results.map((result) => ({
      ...result,
      ...(result.reason !== undefined && { reason: mask(result.reason) }),
      findings: result.findings.map((it) => maskedFinding(it, mask)),
    })),
    leftovers: maskedLeftovers(leftovers, mask),
  };
}

export function maskedLeftovers({ handlers, unknown }: Report["leftovers"], mask: Mask): Report["leftovers"] {
  return {
    handlers: handlers.map((it) => ({ ...it, name: mask(it.name) })),
    unknown: unknown.map(({ name, why }) => ({ name: mask(name), why: mask(why) })),
  };
}

function maskedFinding(finding: Finding, mask: Mask): Finding {
  const { message, got, cause, before, curl } = finding;
  return {
    ...finding,
    message: mask(message),
    got: mask(got),
    ...(before !== undefined && { before: mask(before) }),
    ...(cause !== undefined && { cause: mask(cause) }),
    ...(curl !== undefined && { curl: maskedUrl(curl, mask) }),
  };
}

/** The part of an exchange that is reported during a run: the request, and how long it took. What was received is reported at the end. */
export function briefExchange(exchange: Exchange, mask: Mask): Exchange {
  const { outcome } = exchange;
  return {
    ...exchange,
    call: maskedCall(exchange.call, mask),
    url: maskedUrl(exchange.url, mask),
    outcome:
      outcome.kind === "failure"
        ? { ...outcome, message: mask(outcome.message) }
        : { ...outcome, headers: new Map(), text: "", json: undefined },
    findings: [],
  };
}

/** An exchange with the keys masked. Hosts are not masked, so that the URLs stay valid. */
export function maskedExchange(exchange: Exchange, mask: Mask): Exchange {
  return {
    ...exchange,
    call: maskedCall(exchange.call, mask),
    url: maskedUrl(exchange.url, mask),
    outcome: maskedOutcome(exchange.outcome, mask),
    findings: exchange.findings.map((it) => maskedFinding(it, mask)),
  };
}

/** A request without its link, whose URL is in the exchange. An id may be a text that the instance has sent. */
function maskedCall({ link: _, ...call }: Call, mask: Mask): Call {
  const { id, purpose } = call;
  return { ...call, purpose: mask(purpose), ...(typeof id === "string" && { id: mask(id) }) };
}

/** Masks a URL, or a curl line, whose last word is the URL; not the URL's host. */
function maskedUrl(text: string, mask: Mask): string {
  const [, before = "", host = "", rest = ""] = /^(.* \$?')?(\w+:\/\/[^/?#']*)(.*)$/s.exec(text) ?? [];
  return mask(before) + host + mask(rest);
}

function maskedOutcome(outcome: Outcome, mask: Mask): Outcome {
  if (outcome.kind === "failure") return { ...outcome, message: mask(outcome.message) };
  return {
    ...outcome,
    headers: new Map([...outcome.headers].map(([name, value]) => [name, mask(value)])),
    text: mask(outcome.text),
    json: maskedJson(outcome.json, mask),
  };
}

function maskedJson(value: unknown, mask: Mask): unknown {
  if (typeof value === "string") return mask(value);
  if (Array.isArray(value)) return value.map((it) => maskedJson(it, mask));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, child]) => [mask(name), maskedJson(child, mask)]),
  );
}
