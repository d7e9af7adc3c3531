import { createRequire } from "node:module";

const load = createRequire(import.meta.url);

/**
 * The same collection for Bruno, by its own converter, as Bruno exports one.
 *
 * @param collection as postmanCollection gives it
 * @throws what Bruno says where it would not import it
 */
export async function brunoCollection(collection: object): Promise<object> {
  const { postmanToBruno } = load("@usebruno/converters");
  const { collection: converted } = await postmanToBruno(structuredClone(collection));
  // What the scripts of a collection need installed is for the app that converts; its import refuses a file with it.
  delete converted.packageReport;
  const { collectionSchema } = load("@usebruno/schema");
  return collectionSchema.validate(withSteadyIds(converted));
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
