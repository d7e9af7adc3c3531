import { isNode, type Node } from "../../description/index.ts";

/** What stands beside a statement that the instance's own documentation doesn't make. */
export type Mark =
  | { readonly level: "family" }
  /** Inferred; without an assumption where what it belongs to has it. */
  | { readonly level: "inferred"; readonly assumption?: string };

/** The marks of a statement that these nodes make together, as a reference and its target do; each assumption once. */
export function marksOf(nodes: readonly Node[]): Mark[] {
  const marks: Mark[] = [];
  for (const node of nodes) {
    const levels = levelsOf(node);
    if (levels.includes("inferred")) {
      const assumption = String(node["x-assumption"] ?? "");
      if (!marks.some((mark) => mark.level === "inferred" && mark.assumption === assumption))
        marks.push({ level: "inferred", assumption });
    } else if (levels.includes("family") && marks.length === 0) marks.push({ level: "family" });
  }
  return marks;
}

/**
 * What a node's annotation says of the node itself. What it says of others below it, as that all status codes of an operation are known
 * from the family's pages, would mark every operation.
 */
export function levelsOf(node: Node): unknown[] {
  const stated = node["x-evidence"];
  if (!isNode(stated)) return [stated];
  return Object.entries(stated)
    .filter(([key]) => !isNode(node[key]))
    .map(([, level]) => level);
}
