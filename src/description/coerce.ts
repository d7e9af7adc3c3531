import type { Node } from "./nodes.ts";

/**
 * Turns the text of a form field or a query parameter into the type that its schema asks for, so that it can be validated
 * and used. Integers are strictly `-?digits` and exact (no `1e3`, no `1.0`, no blank, nothing above 2^53 - 1); flags are
 * integers with an enum in this contract. Text that is not of the form stays text, and validation says so.
 */
export function coerce(text: string, schema: Node): unknown {
  if (schema.type !== "integer" || !/^-?\d+$/.test(text)) return text;
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : text;
}
