import { createRequire } from "node:module";

/**
 * The same collection for Bruno, by its own converter, as Bruno exports one.
 *
 * @param collection as postmanCollection gives it
 */
export async function brunoCollection(collection: object): Promise<object> {
  const { postmanToBruno } = createRequire(import.meta.url)("@usebruno/converters");
  const { collection: converted = undefined, ...whole } = await postmanToBruno(structuredClone(collection));
  return withSteadyIds(converted ?? whole) as object;
}

/** Bruno gives random ids, and new ones when a collection is imported; counted ones are the same at each run. */
function withSteadyIds(value: unknown): unknown {
  const known = new Map<string, string>();
  const steady = (id: string): string => {
    const seen = known.get(id) ?? String(known.size + 1).padStart(21, "0");
    known.set(id, seen);
    return seen;
  };
  const visit = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(visit);
    if (typeof node !== "object" || node === null) return node;
    const entries = Object.entries(node).map(([key, child]) => [
      key,
      /^(uid|itemUid)$/.test(key) && typeof child === "string" ? steady(child) : visit(child),
    ]);
    return Object.fromEntries(entries);
  };
  return visit(value);
}
