import type { Node } from "./nodes.ts";

/**
 * Converts the text of a form field or query parameter to the type of its schema, so that it can be validated and used. Integers must be
 * exactly `-?digits` (no `1e3`, no `1.0`, no blank, nothing above 2^53 - 1). Flags are integers with an enum in this contract. Text that
 * can't be converted stays text, and validation reports it.
 */
export function coerce(text: string, schema: Node): unknown {
  if (schema.type !== "integer" || !/^-?\d+$/.test(text)) return text;
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : text;
}
