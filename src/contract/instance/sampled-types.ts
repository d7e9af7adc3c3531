import type { Model } from "../../description/index.ts";

/**
 * The type of which the name, the switch and one field are changed: the one with the most fields, but not the first where there are
 * others; and the type that the first becomes, one with fields where there is any.
 */
export function updatedTypes(model: Model): { partial: string | undefined; turned: string | undefined } {
  const [first, ...others] = model.types;
  const count = (type: string) => model.roles.fields.get(type)?.length ?? 0;
  const partial = others.reduce<string | undefined>(
    (best, type) => (best === undefined || count(type) > count(best) ? type : best),
    undefined,
  );
  return { partial: partial ?? first, turned: others.findLast((type) => count(type) > 0) ?? others.at(-1) };
}

/** The types that lists are filtered by: the last, and together with other filters the second. */
export function filteredTypes(model: Model, write: boolean): string[] {
  const first = model.types[0] ?? "";
  // The second, not the first: the handler of the first type becomes one of another.
  return write ? [...new Set([model.types.at(-1) ?? first, model.types[1] ?? first])] : [first];
}
