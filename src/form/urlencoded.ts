import { isUtf8 } from "node:buffer";
import { FormError } from "./errors.ts";
import { checkFieldSize, type FormLimits, tooManyFields } from "./limits.ts";
import type { Form } from "./types.ts";

/**
 * Parses a complete `application/x-www-form-urlencoded` body by the WHATWG URL standard. Unlike the standard it refuses bytes that are not
 * UTF-8.
 */
export function parseUrlencoded(body: Buffer, limits: FormLimits): Form {
  if (!isUtf8(body)) throw new FormError("encoding", "The form is not valid UTF-8.");
  const text = body.toString("utf8");
  // Counted first, so that a million fields are not decoded.
  if (text.split("&", limits.fields + 1).length > limits.fields) throw tooManyFields(limits);
  const fields = readPairs(text, "form");
  for (const [index, [name, value]] of fields.entries()) {
    checkFieldSize(index, Buffer.byteLength(name), Buffer.byteLength(value), limits);
  }
  return { fields };
}

/**
 * The pairs of a urlencoded text, such as a query. Throws FormError if percent-encoded bytes are not UTF-8; the standard would insert
 * U+FFFD. `what`: how the message names the text.
 */
export function readPairs(text: string, what: string): [name: string, value: string][] {
  const pairs = [...new URLSearchParams(text)];
  if (text.includes("%") && pairs.some((pair) => pair.some((it) => it.includes("\ufffd")))) {
    const bytes = Buffer.from(text)
      .toString("latin1")
      .replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
    if (!isUtf8(Buffer.from(bytes, "latin1"))) {
      throw new FormError("encoding", `The ${what} is not valid UTF-8.`);
    }
  }
  return pairs;
}
