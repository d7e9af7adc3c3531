import type { Model } from "../../description/index.ts";

/**
 * The types that updates are tried on. `partial`: its name, state and one field are changed; it is the type with the most fields, and not
 * the first if there are others. `turned`: the type that the first one is changed to; one with fields, if there is one.
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

/** The types that lists are filtered by: the last, and combined with other filters the second. */
export function filteredTypes(model: Model, write: boolean): string[] {
  const first = model.types[0] ?? "";
  // Not the first, since the handler of the first type is changed to another type.
  return write ? [...new Set([model.types.at(-1) ?? first, model.types[1] ?? first])] : [first];
}
