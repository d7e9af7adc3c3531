import { at, isNode, type Node } from "./nodes.ts";

/**
 * What a statement of the contract rests on: the instance's own documentation page, the general pages of the product
 * family, or nothing but inference, and then on which assumption.
 */
export type Evidence =
  | { readonly level: "documented" }
  | { readonly level: "family" }
  | { readonly level: "inferred"; readonly assumption: string };

/**
 * The evidence of the statement at a pointer: that of the nearest node, from the statement upwards, that carries
 * `x-evidence`. A statement without any is documented by the instance's page.
 */
export function evidenceOf(document: Node, pointer: string): Evidence {
  for (let place = pointer; place.includes("/"); place = place.slice(0, place.lastIndexOf("/"))) {
    const node = at(document, place);
    if (!isNode(node)) continue;
    if (node["x-evidence"] === "inferred")
      return { level: "inferred", assumption: String(node["x-assumption"] ?? "") };
    if (node["x-evidence"] === "family") return { level: "family" };
  }
  return { level: "documented" };
}
