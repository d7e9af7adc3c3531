import { follow, isNode, type Located, type Node, step, stepsOf } from "./nodes.ts";
import { branchOf, objectIn, type Union } from "./unions.ts";

/**
 * The places in the contract on the way from a schema to the part of a value at ajv's `instancePath`, innermost first. In a union it
 * follows the branch that the value selects.
 */
export function trailOf(
  document: Node,
  unionAt: (schema: Located) => Union | undefined,
  root: Located,
  value: unknown,
  instancePath: string,
): string[] {
  const trail: string[] = [];
  let schema = root;
  let current = value;
  const intoBranch = (): void => {
    const union = unionAt(schema);
    if (union === undefined || !isNode(current)) return;
    const branch = branchOf(union, current[union.property]) ?? union.otherwise;
    if (branch === undefined) return;
    trail.unshift(schema.pointer);
    schema = branch;
  };
  intoBranch();
  for (const key of stepsOf(instancePath)) {
    const child = childOf(objectIn(document, schema), key, Array.isArray(current));
    if (child === undefined) break;
    trail.unshift(child.pointer);
    schema = follow(document, child.value, child.pointer);
    current = (current as Record<string, unknown> | undefined)?.[key];
    intoBranch();
  }
  return [schema.pointer, ...trail, root.pointer];
}

function childOf(
  { node, pointer }: Located,
  key: string,
  isItem: boolean,
): { value: unknown; pointer: string } | undefined {
  if (isItem) return isNode(node.items) ? { value: node.items, pointer: step(pointer, "items") } : undefined;
  if (!isNode(node.properties) || !Object.hasOwn(node.properties, key)) return undefined;
  return { value: node.properties[key], pointer: step(step(pointer, "properties"), key) };
}
