import { StringDecoder } from "node:string_decoder";
import { readPairs } from "../form/index.ts";
import { titlesIn } from "../http/index.ts";
import { curlOf } from "./curl.ts";
import { type Mask, masked } from "./mask.ts";
import type { Body, Pair, RequestDetails, RequestSummary } from "./own-paths.ts";
import { type Kept, mostCharacters, pair, type RequestRecord } from "./record.ts";

/** The server and the instance's name in a path. The instance need not exist. */
export function placeOf(url: string): {
  readonly server: "mock" | "sandbox" | null;
  readonly instance: string | null;
} {
  const [, server, instance] = /^\/(mock|sandbox)\/([^/?]*)/.exec(url) ?? [];
  if (instance === undefined) return { server: null, instance: null };
  return { server: server as "mock" | "sandbox", instance: decoded(instance) };
}

/** A record as a row of the list, masked for the owner of the key. */
export function summaryOf(record: RequestRecord, mask: Mask): RequestSummary {
  const { id, time, method, url, operation, behaviour, status, milliseconds } = record;
  const { server, instance } = placeOf(url);
  return {
    id,
    time: new Date(time).toISOString(),
    server,
    instance: instance === null ? null : mask(instance),
    operation: operation ?? null,
    method,
    path: mask(url),
    status,
    milliseconds: Math.round(milliseconds * 10) / 10,
    reason: reasonOf(record, mask),
    behaviour: behaviour ?? null,
  };
}

/** A record with everything that is kept. `host`: the host of the reader, used if the request's own is not kept. */
export function detailsOf(record: RequestRecord, mask: Mask, host = "localhost"): RequestDetails {
  const { url, method, headers, body, answer, form } = record;
  const mark = url.indexOf("?");
  const details = {
    url: `http://${headers.host ?? host}${mask(url)}`,
    headers: headersOf(headers, mask),
    query: mark === -1 ? [] : queryOf(url.slice(mark + 1), mask),
    form: form?.map((field) => maskedPair(field, mask)) ?? null,
    body: bodyOf(body, headers["content-type"], mask),
    answer: {
      headers: headersOf(record.answerHeaders, mask),
      body: bodyOf(answer, record.answerHeaders["content-type"], mask),
    },
  };
  return { ...summaryOf(record, mask), ...details, curl: curlOf({ method, ...details }) };
}

function reasonOf({ status, reason, answer }: RequestRecord, mask: Mask): string | null {
  if (status === 0) return "The connection was broken off without an answer.";
  if (status < 400) return null;
  const text = reason ?? titlesIn(answer?.content);
  return text === undefined ? null : mask(pair("", text).value);
}

/** Headers that carry credentials. */
const secrets = new Set([
  "authorization",
  "proxy-authorization",
  "cookie",
  "set-cookie",
  "x-api-key",
  "api-key",
]);

function headersOf(headers: Readonly<Record<string, unknown>>, mask: Mask): Pair[] {
  return Object.entries(headers)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => maskedPair(pair(name, secrets.has(name) ? masked : String(value)), mask));
}

function queryOf(query: string, mask: Mask): Pair[] {
  let pairs: ReturnType<typeof readPairs>;
  try {
    pairs = readPairs(query, "query");
  } catch {
    // A query that is not percent-encoded UTF-8 is shown in the URL only, as sent.
    return [];
  }
  return pairs.map(([name, value]) => maskedPair(pair(name, value), mask));
}

function maskedPair({ name, value, more }: Pair, mask: Mask): Pair {
  return { name: mask(name), value: mask(value), more };
}

function bodyOf(kept: Kept | undefined, type: unknown, mask: Mask): Body | null {
  if (kept === undefined) return null;
  const { content, cutFrom } = kept;
  // Drops half a character at the end.
  const text = typeof content === "string" ? content : new StringDecoder("utf8").write(content);
  const bytes = cutFrom ?? Buffer.byteLength(content);
  return {
    type: type === undefined ? null : String(type).slice(0, mostCharacters),
    bytes,
    text: mask(text),
    more: cutFrom === undefined ? 0 : bytes - Buffer.byteLength(text),
  };
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
