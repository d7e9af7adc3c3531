import { at, isNode, type Node, stepsOf } from "./nodes.ts";

/**
 * What a statement of the contract rests on: the instance's own documentation page, the general pages of the product
 * family, or nothing but inference, and then on which assumption.
 */
export type Evidence =
  | { readonly level: "documented" }
  | { readonly level: "family" }
  | { readonly level: "inferred"; readonly assumption: string };

/**
 * What the statement at a JSON pointer rests on: what the nearest annotation says, from the statement upwards. `trail` holds
 * the places through which the contract comes to the statement, innermost first; they are asked in turn. An annotation
 * is `x-evidence: inferred` for a whole node, or `x-evidence: { minimum: inferred }` for single keywords of it. A statement
 * without any, or with `x-evidence: documented`, is documented by the instance's page.
 */
export function evidenceOf(document: Node, pointer: string, trail: readonly string[] = []): Evidence {
  for (const start of [pointer, ...trail]) {
    let below: string | undefined;
    for (const place of upwards(start)) {
      const node = at(document, place);
      if (isNode(node)) {
        const stated = isNode(node["x-evidence"]) ? node["x-evidence"][below ?? ""] : node["x-evidence"];
        if (stated === "inferred")
          return { level: "inferred", assumption: String(node["x-assumption"] ?? "") };
        if (stated === "family" || stated === "documented") return { level: stated };
      }
      below = stepsOf(place).at(-1);
    }
  }
  return { level: "documented" };
}

function* upwards(pointer: string): Generator<string> {
  for (let place = pointer; place.includes("/"); place = place.slice(0, place.lastIndexOf("/"))) yield place;
}
