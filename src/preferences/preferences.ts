import { list, type Operation, quote, responseFor, shownValue } from "../description/index.ts";
import { Refusal } from "../http/index.ts";
import { readCode } from "./code.ts";
import { readDelay } from "./delay.ts";

/** A client's preferences for an answer. */
export interface Preferences {
  /** The status to answer with. */
  readonly code: number | undefined;
  /** The key of the example to answer with. */
  readonly example: string | undefined;
  /** Whether to answer with generated data. */
  readonly dynamic: boolean | undefined;
  /** The seed of generated data. */
  readonly seed: string | undefined;
  /** How long to delay the answer, in milliseconds. */
  readonly delay: number | undefined;
}

/**
 * Reads preferences from their texts by name (see `readPrefer`). Unknown preferences are ignored, as RFC 7240 demands. Throws a Refusal for
 * a status that the operation does not have, an example that the answer does not have, and so on; it lists the possible values.
 */
export function readPreferences(operation: Operation, texts: ReadonlyMap<string, string>): Preferences {
  const code = readCode(operation, texts.get("code"));
  return {
    code,
    example: readExample(operation, code, texts.get("example")),
    dynamic: readDynamic(texts.get("dynamic")),
    seed: texts.get("seed"),
    delay: readDelay(texts.get("delay")),
  };
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
    throw new Refusal(400, `Prefer dynamic must be true or false, not ${shownValue(text)}.`);
  }
  return text === "true";
}

/** The success status: the lowest 2xx, as Prism chooses it. */
export function successOf(operation: Operation): number {
  const codes = [...operation.responses.keys()].filter((status) => /^2\d\d$/.test(status)).sort();
  return Number(codes[0] ?? 200);
}
