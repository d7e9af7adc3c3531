import { at, follow, isNode, type Model, type Node, type Operation, step } from "../../description/index.ts";
import type { Pair } from "./pair.ts";

/**
 * The values of form fields. They are the contract's own examples: addresses and URLs of example domains (RFC 2606), and numbers that are
 * reserved for fiction, so that nothing that is sent can reach anybody.
 */
export function fieldsOf(model: Model, type: string): Pair[] {
  const { create } = model.operations;
  const example = create && exampleOf(model, create, type);
  return (model.roles.fields.get(type) ?? []).flatMap((field) => {
    const value = example?.[field];
    return value === undefined ? [] : [[field, String(value)] as const];
  });
}

/** The same fields with other values, as harmless as the first, and with characters that forms and filters often get wrong. */
export function changedFieldsOf(model: Model, type: string): Pair[] {
  return fieldsOf(model, type).map(changedField);
}

/** A field with another value. */
export function changedField([field, value]: Pair): Pair {
  return [field, changed(value)];
}

/** The name that an update sets, besides its number. */
export const renamedText = `renamed 007 <b>a+b</b> %41 &amp; "c" \\d  e\u0301 漢 🛎️ ${"x".repeat(90)} &`;

/** The value in the operation's example for a type. */
function exampleOf(
  { description: { document }, names }: Model,
  { body }: Operation,
  type: string,
): Node | undefined {
  for (const { pointer, exampleKeys } of body?.contents ?? []) {
    for (const key of exampleKeys) {
      const place = step(step(pointer, "examples"), key);
      const { value } = follow(document, at(document, place), place).node;
      if (isNode(value) && value[names.type] === type) return value;
    }
  }
  return undefined;
}

/** Another value of the same kind: another local part, path and query, last digit, or ending. */
function changed(value: string): string {
  if (/^https?:/.test(value)) return `${value}/changed?first=a+b&second=%41&amp;=1`;
  if (value.includes("@")) return `00changed+${value}`;
  const digit = /\d$/.exec(value)?.[0];
  return digit === undefined ? `${value}-changed+%41` : `${value.slice(0, -1)}${(Number(digit) + 1) % 10}`;
}

/** Texts that a careless server damages, by the difficulty. */
export const hardTexts: ReadonlyMap<string, string> = new Map([
  // Composed and decomposed letters, a joiner, and characters beyond the basic multilingual plane.
  ["unicode", "Žluťoučký e\u0301 é می\u200Cخواهم 漢字 🛎️ 𝒳"],
  ["quotes", `"double" 'single' \`back\` \\slash \\n, 50 times off, 007  1e3`],
  ["markup", "<b>bold</b> &amp; &lt; &#39; 50%_off %41 %2B a+b ?=&"],
  ["long", "x".repeat(180)],
]);

/** A type that no instance has. */
export const unknownType = "carrier_pigeon";
/** A query parameter that no page documents. */
export const undocumentedParameter = "contract_test";
/** An id that no handler has: the largest integer that every JSON parser keeps exact (RFC 8259, section 6). */
export const unknownId = Number.MAX_SAFE_INTEGER;
