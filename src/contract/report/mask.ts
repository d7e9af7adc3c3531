import type { Finding } from "../findings/index.ts";
import type { Exchange, Keys, Outcome } from "../wire/index.ts";
import type { Report } from "./report.ts";

/** Takes the keys out of a text. */
export type Mask = (text: string) => string;

/** So much of a key's beginning, before a place where a text was cut, is still taken for the key. */
const tellingLength = 4;

/**
 * What takes the keys out of a text, in each of the forms in which an instance may send one back. It is for what is put out, and
 * for nothing else: a key may be a word that answers are full of, so they are judged as they came.
 */
export function maskOf({ valid, other }: Keys): Mask {
  const marks = [
    [valid, "[key]"] as const,
    ...(other === undefined ? [] : [[other, "[other key]"] as const]),
  ];
  const replaced = marks.flatMap(([key, mark]) => [...formsOf(key)].map((form) => [form, mark] as const));
  const cut = replaced.flatMap(([form, mark]) =>
    Array.from({ length: Math.max(0, form.length - tellingLength) }, (_, index) => {
      const length = form.length - 1 - index;
      return [`${form.slice(0, length)}…`, `${mark}…`] as const;
    }),
  );
  return (text) => {
    let masked = text;
    for (const [form, mark] of replaced) masked = masked.replaceAll(form, mark);
    if (masked.includes("…")) for (const [form, mark] of cut) masked = masked.replaceAll(form, mark);
    return masked;
  };
}

/** As it is, in JSON, in JSON as PHP writes it, and in a URL. */
function formsOf(key: string): Set<string> {
  const json = JSON.stringify(key).slice(1, -1);
  return new Set([key, json, json.replaceAll("/", "\\/"), encodeURIComponent(key)]);
}

/** A report with the keys taken out of everything that the instance had a say in. */
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
  const { message, got, curl } = finding;
  return {
    ...finding,
    message: mask(message),
    got: mask(got),
    ...(curl !== undefined && { curl: mask(curl) }),
  };
}

/** An exchange with the keys taken out. The host stays as it is, so that the URL stays one. */
export function maskedExchange(exchange: Exchange, mask: Mask): Exchange {
  const { link: _, ...call } = exchange.call;
  const [, host = "", rest = ""] = /^(\w+:\/\/[^/?#]*)(.*)$/s.exec(exchange.url) ?? [];
  return {
    ...exchange,
    call,
    url: host + mask(rest),
    outcome: maskedOutcome(exchange.outcome, mask),
    findings: exchange.findings.map((it) => maskedFinding(it, mask)),
  };
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
