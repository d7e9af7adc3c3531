import { limits } from "./limits.ts";

/** The body of an answer is too long to be read. */
export class BodyTooLargeError extends Error {}

/** Reads a body. Throws BodyTooLargeError as soon as it is longer than `limits.bytes`. */
export async function readBody(response: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = response.body?.getReader();
  while (reader !== undefined) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.byteLength;
    if (length > limits.bytes) {
      await reader.cancel().catch(() => undefined);
      throw new BodyTooLargeError(`The answer is longer than ${limits.bytes} bytes; the rest was not read.`);
    }
    chunks.push(value);
  }
  return Buffer.concat(chunks, length);
}

/** A body as text, and as JSON if it is JSON within the limits. */
export interface Parsed {
  readonly text: string;
  readonly json: unknown;
  /** Why the body can't be used as JSON, if it can't: `is not JSON: it ends in the middle`. */
  readonly unreadable: string | undefined;
}

/** Parses a body as JSON. JSON between systems must be UTF-8, without a byte order mark (RFC 8259, section 8.1). */
export function parseBody(bytes: Uint8Array): Parsed {
  if (bytes.byteLength === 0) return { text: "", json: undefined, unreadable: undefined };
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return unread(Buffer.from(bytes).toString("latin1"), "is not JSON: its bytes are not UTF-8");
  }
  if (text.startsWith("\uFEFF")) return unread(text, "is not JSON: it begins with a byte order mark");
  const excess = excessOf(text);
  if (excess !== undefined) return unread(text, excess);
  try {
    return { text, json: JSON.parse(text), unreadable: undefined };
  } catch (error) {
    return unread(text, `is not JSON: ${whyNot(text, error as Error)}`);
  }
}

function unread(text: string, unreadable: string): Parsed {
  const kept = text.length > limits.kept ? `${text.slice(0, limits.kept)}…` : text;
  return { text: kept, json: undefined, unreadable };
}

/** What is wrong with a text that does not parse. If it contains valid JSON, the text around that is wrong. */
function whyNot(text: string, error: Error): string {
  if (/end of JSON|Unterminated/i.test(error.message)) return "it is cut off";
  const begin = text.search(/[{[]/);
  const end = Math.max(text.lastIndexOf("}"), text.lastIndexOf("]")) + 1;
  const within = text.slice(begin, end);
  const isAlone = begin === -1 || within === text.trim();
  if (isAlone || parseBody(Buffer.from(within)).unreadable !== undefined) return "it has a syntax error";
  const [before, after] = [text.slice(0, begin).trim() !== "", text.slice(end).trim() !== ""];
  const where = before && after ? "before and after" : before ? "before" : "after";
  return `there is other text ${where} it`;
}

const code = (character: string) => character.charCodeAt(0);
const [quote, backslash, comma, colon] = ['"', "\\", ",", ":"].map(code);
const opening = new Set(["{", "["].map(code));
const closing = new Set(["}", "]"].map(code));

/** The limit that a text exceeds, if it is JSON. It is checked before parsing, in one pass and without extra memory. */
function excessOf(text: string): string | undefined {
  let depth = 0;
  let values = 0;
  let isInText = false;
  for (let index = 0; index < text.length; index++) {
    const character = text.charCodeAt(index);
    if (isInText) {
      if (character === backslash) index++;
      else if (character === quote) isInText = false;
    } else if (character === quote) isInText = true;
    else if (character === comma || character === colon) values++;
    else if (closing.has(character)) depth--;
    else if (opening.has(character)) {
      values++;
      depth++;
    }
    if (depth > limits.depth) return `is more than ${limits.depth} levels deep`;
    if (values > limits.values) return `has more than ${limits.values} values`;
  }
  return undefined;
}
