import { instead, list, type Operation, quote, responseFor } from "../description/index.ts";
import { Refusal } from "../http/index.ts";

/** What a client asks of the mock's answer. */
export interface Preferences {
  /** The status to answer with. */
  readonly code: number | undefined;
  /** The key of the example to answer with. */
  readonly example: string | undefined;
  /** Whether data is generated. */
  readonly dynamic: boolean | undefined;
  /** The seed of generated data. */
  readonly seed: string | undefined;
}

const names = ["code", "example", "dynamic", "seed"] as const;

type Name = (typeof names)[number];

/** Preferences of the IANA registry: clients send them to any server, and a server that doesn't know one ignores it (RFC 7240). */
const registered = new Set(["depth-noroot", "handling", "respond-async", "return", "safe", "wait"]);

/** The forms of the preferences as query parameters, which Prism takes where there is no Prefer header. */
export const preferenceParameters: ReadonlyMap<string, Name> = new Map(
  names.map((name) => [`__${name}`, name]),
);

/**
 * Reads the preferences of a request: the Prefer header (RFC 7240), else the query parameters `__code`, `__example`,
 * `__dynamic`, `__seed`. Throws a Refusal for a name that means nothing here, a status that the operation does not have, an example
 * that the answer does not have; it lists what there is.
 */
export function readPreferences(
  operation: Operation,
  header: string | readonly string[] | undefined,
  query: URLSearchParams,
): Preferences {
  const texts = header === undefined ? fromQuery(query) : fromHeader(String(header));
  const code = readCode(operation, texts.get("code"));
  return {
    code,
    example: readExample(operation, code, texts.get("example")),
    dynamic: readDynamic(texts.get("dynamic")),
    seed: texts.get("seed"),
  };
}

function fromQuery(query: URLSearchParams): Map<Name, string> {
  const texts = new Map<Name, string>();
  for (const [parameter, name] of preferenceParameters) {
    const value = query.get(parameter);
    if (value !== null) texts.set(name, value);
  }
  return texts;
}

// White space is folded before: runs of it would make this slow.
const preference = /\s*([^\s=;,"]+)\s*(?:=\s*(?:"([^"]*)"|([^\s;,"]*)))?\s*(?:;[^,]*)?(?:,|$)/y;

/** Of a repeated preference the first counts (RFC 7240, section 2). */
function fromHeader(raw: string): Map<Name, string> {
  const header = raw.replace(/\s+/g, " ");
  const texts = new Map<Name, string>();
  preference.lastIndex = 0;
  while (preference.lastIndex < header.length) {
    const match = preference.exec(header);
    if (match === null) throw new Refusal(400, `The Prefer header can't be read: write it like ${example}.`);
    const [, rawName = "", quoted, token] = match;
    const name = rawName.toLowerCase();
    if (isName(name)) {
      if (!texts.has(name)) texts.set(name, quoted ?? token ?? "");
    } else if (!registered.has(name)) {
      throw new Refusal(
        400,
        `Prefer ${quote(rawName)} means nothing here: there are ${list(names)}, as in ${example}.`,
      );
    }
  }
  return texts;
}

const example = '"Prefer: code=429"';

function isName(name: string): name is Name {
  return (names as readonly string[]).includes(name);
}

function readCode(operation: Operation, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const code = /^[1-5]\d\d$/.test(text) ? Number(text) : undefined;
  const response = code === undefined ? undefined : responseFor(operation, code);
  // What the contract has for all other statuses is an error.
  if (code === undefined || response === undefined || (response.status === "default" && code < 400)) {
    const known = list(
      [...operation.responses.keys()].map((status) =>
        status === "default" ? "any other error, from 400 to 599" : status,
      ),
    );
    throw new Refusal(400, `${operation.id} has no answer with status ${quote(text)}: there are ${known}.`);
  }
  return code;
}

function readExample(
  operation: Operation,
  code: number | undefined,
  text: string | undefined,
): string | undefined {
  if (text === undefined) return undefined;
  const status = code ?? successOf(operation);
  const keys = responseFor(operation, status)?.contents.flatMap((content) => content.exampleKeys) ?? [];
  if (!keys.includes(text)) {
    const known = keys.length === 0 ? "it has none" : `there are ${list(keys)}`;
    const answer = `The answer ${status} of ${operation.id}`;
    throw new Refusal(400, `${answer} has no example ${quote(text)}: ${known}.`);
  }
  return text;
}

function readDynamic(text: string | undefined): boolean | undefined {
  if (text === undefined) return undefined;
  if (text !== "true" && text !== "false") {
    throw new Refusal(400, `Prefer dynamic must be true or false, not ${instead(text)}.`);
  }
  return text === "true";
}

/** The status of success: the lowest of the 200s, as Prism picks it. */
export function successOf(operation: Operation): number {
  const codes = [...operation.responses.keys()].filter((status) => /^2\d\d$/.test(status)).sort();
  return Number(codes[0] ?? 200);
}
