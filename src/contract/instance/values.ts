import type { Model } from "../../description/index.ts";
import { at, follow, isNode, type Node, type Operation, step } from "../../description/index.ts";
import type { Pair } from "./pair.ts";

/**
 * What the checks fill forms with. Fields take the contract's own examples: addresses and URLs of example domains (RFC 2606)
 * and numbers that are reserved for fiction, so that nothing that is sent can reach anybody.
 */
export function fieldsOf(model: Model, type: string): Pair[] {
  const { create } = model.operations;
  const example = create && exampleOf(model, create, type);
  return (model.roles.fields.get(type) ?? []).flatMap((field) => {
    const value = example?.[field];
    return value === undefined ? [] : [[field, String(value)] as const];
  });
}

/** The same fields with other values, as inert as the first. */
export function changedFieldsOf(model: Model, type: string): Pair[] {
  return fieldsOf(model, type).map(([field, value]) => [field, changed(value)] as const);
}

/** The value of the operation's example for a type. */
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

/** Another value of the same kind: another local part, path, last digit or ending. */
function changed(value: string): string {
  if (/^https?:/.test(value)) return `${value}/changed`;
  if (value.includes("@")) return `changed.${value}`;
  const digit = /\d$/.exec(value)?.[0];
  return digit === undefined ? `${value}-changed` : `${value.slice(0, -1)}${(Number(digit) + 1) % 10}`;
}

/** Texts that a careless server changes on their way in or out, by what is hard about them. */
export const hardTexts: ReadonlyMap<string, string> = new Map([
  ["unicode", "Žluťoučký Ωμέγα 漢字 سلام 🛎️"],
  ["quotes", `"double" 'single' \`back\` \\slash, 50 times off`],
  ["markup", "<b>bold</b> &amp; 50%_off %41 + ?=&"],
  ["long", "x".repeat(180)],
]);

/** A type that none of the family has. */
export const unknownType = "carrier_pigeon";
/** A query parameter that no page documents. */
export const undocumentedParameter = "contract_test";
/** An id that no handler has: the largest that every JSON reader keeps exact (RFC 8259, section 6). */
export const unknownId = Number.MAX_SAFE_INTEGER;
