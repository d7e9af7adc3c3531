import { isNode, type Node } from "../../description/index.ts";

/** The mark of a statement that the instance's own documentation does not make. */
export type Mark =
  | { readonly level: "family" }
  /** Inferred. Without an assumption if the parent states it. */
  | { readonly level: "inferred"; readonly assumption?: string };

/** The marks of a statement that these nodes make together, such as a `$ref` and its target. Each assumption appears once. */
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
 * The evidence that a node's annotation states for the node itself. What it states for nodes below (for example that the statuses of an
 * operation come from the family's pages) would mark every operation.
 */
export function levelsOf(node: Node): unknown[] {
  const stated = node["x-evidence"];
  if (!isNode(stated)) return [stated];
  return Object.entries(stated)
    .filter(([key]) => !isNode(node[key]))
    .map(([, level]) => level);
}
