import { at, follow, isNode, type Node, stepsOf } from "./nodes.ts";

/**
 * What a statement of the contract rests on: the instance's own documentation page, the general pages of the product family, or inference,
 * with the assumption that was made.
 */
export type Evidence =
  | { readonly level: "documented" }
  | { readonly level: "family" }
  | { readonly level: "inferred"; readonly assumption: string };

/**
 * The evidence of the statement at a JSON pointer: what the nearest annotation says, going up from the statement. `trail` lists the places
 * through which the contract reaches the statement, innermost first; they are asked in turn. An annotation is `x-evidence: inferred` for a
 * whole node, or `x-evidence: { minimum: inferred }` for single keywords of it. A `$ref` has the evidence of its target. Without any
 * annotation, or with `x-evidence: documented`, a statement is documented by the instance's page.
 */
export function evidenceOf(document: Node, pointer: string, trail: readonly string[] = []): Evidence {
  for (const start of [pointer, ...trail]) {
    let below: string | undefined;
    for (const place of upwards(start)) {
      const node = at(document, place);
      const found =
        stated(node, below) ??
        (isNode(node) && "$ref" in node ? stated(target(document, node), below) : undefined);
      if (found !== undefined) return found;
      below = stepsOf(place).at(-1);
    }
  }
  return { level: "documented" };
}

/** The evidence that a node states for itself, or for the keyword below it through which it was reached. */
function stated(node: unknown, keyword: string | undefined): Evidence | undefined {
  if (!isNode(node)) return undefined;
  const annotation = node["x-evidence"];
  const level = isNode(annotation) ? annotation[keyword ?? ""] : annotation;
  if (level === "inferred") return { level, assumption: String(node["x-assumption"] ?? "") };
  return level === "family" || level === "documented" ? { level } : undefined;
}

function target(document: Node, reference: Node): Node {
  return follow(document, reference, "#").node;
}

function* upwards(pointer: string): Generator<string> {
  for (let place = pointer; place.includes("/"); place = place.slice(0, place.lastIndexOf("/"))) yield place;
}
