import { follow, isNode, type Located, type Node, step } from "./nodes.ts";

/** One member of a union. */
export interface Branch extends Located {
  /** The `const` that selects the branch; undefined for the open branch, and for the one without the selecting property. */
  readonly value: string | undefined;
  readonly properties: ReadonlyMap<string, Located>;
  readonly required: readonly string[];
  readonly closed: boolean;
}

/** A `oneOf` whose branches differ in the `const` of one property. */
export interface Union {
  /** Pointer of the schema that carries the `oneOf`. */
  readonly pointer: string;
  /** The property whose `const` selects the branch. */
  readonly property: string;
  readonly byValue: ReadonlyMap<string, Branch>;
  /** The branch for all other values of that property; with one, the union is open. */
  readonly open: Branch | undefined;
  /** The branch for objects without that property, if there is one. */
  readonly otherwise: Branch | undefined;
}

/**
 * Reads a `oneOf` as a union: all branches are objects, and one property has a different string `const` in each branch that names it. At
 * most one branch may lack the property, and one may have it with any other text (`not`). Returns undefined for any other `oneOf`, and for
 * a schema without one.
 */
export function readUnion(document: Node, { node, pointer }: Located): Union | undefined {
  if (!Array.isArray(node.oneOf)) return undefined;
  const branches = node.oneOf.map((branch, index) => {
    return readObject(document, follow(document, branch, step(step(pointer, "oneOf"), index)));
  });
  const candidates = new Set(branches.flatMap((branch) => [...branch.properties.keys()]));
  for (const property of candidates) {
    const byValue = new Map<string, Branch>();
    const without: Branch[] = [];
    const open: Branch[] = [];
    for (const branch of branches) {
      const schema = branch.properties.get(property)?.node;
      if (schema === undefined) without.push(branch);
      else if (typeof schema.const === "string")
        byValue.set(schema.const, { ...branch, value: schema.const });
      else if (schema.type === "string" && "not" in schema) open.push(branch);
    }
    const read = byValue.size + without.length + open.length;
    const isTold = without.every((branch) => branch.closed || "not" in branch.node);
    if (byValue.size > 0 && without.length <= 1 && open.length <= 1 && isTold && read === branches.length) {
      return { pointer, property, byValue, open: open[0], otherwise: without[0] };
    }
  }
  return undefined;
}

/** The branch that a value of the selecting property selects; undefined if there is none. */
export function branchOf({ byValue, open, otherwise }: Union, value: unknown): Branch | undefined {
  if (value === undefined) return otherwise;
  return typeof value === "string" ? (byValue.get(value) ?? open) : undefined;
}

/** All branches of a union. */
export function branchesOf({ byValue, open, otherwise }: Union): Branch[] {
  return [...byValue.values(), open, otherwise].filter((branch) => branch !== undefined);
}

/** The object in a choice (`anyOf`) with one object; any other schema unchanged. */
export function objectIn(document: Node, schema: Located): Located {
  const { anyOf } = schema.node;
  if (!Array.isArray(anyOf)) return schema;
  const alternatives = anyOf.map((each, index) => {
    return follow(document, each, step(step(schema.pointer, "anyOf"), index));
  });
  const objects = alternatives.filter(({ node }) => node.type === "object");
  return objects.length === 1 && objects[0] !== undefined ? objects[0] : schema;
}

/** The JSON types that the schema at a pointer allows, by its `type` or by those of its alternatives. */
export function kindsAt(document: Node, pointer: string): Set<string> {
  const { node, pointer: place } = follow(document, { $ref: pointer }, pointer);
  if (Array.isArray(node.anyOf)) {
    return new Set(
      node.anyOf.flatMap((_, index) => [...kindsAt(document, step(step(place, "anyOf"), index))]),
    );
  }
  return new Set([node.type].flat().map(String));
}

/** An object schema with its properties resolved. Of a choice with one object, that object. */
export function readObject(document: Node, schema: Located): Branch {
  const { node, pointer } = objectIn(document, schema);
  const properties = new Map<string, Located>();
  if (isNode(node.properties)) {
    for (const [name, schema] of Object.entries(node.properties)) {
      properties.set(name, follow(document, schema, step(step(pointer, "properties"), name)));
    }
  }
  const required = Array.isArray(node.required) ? node.required.map(String) : [];
  return {
    node,
    pointer,
    value: undefined,
    properties,
    required,
    closed: node.additionalProperties === false,
  };
}

/** The values that select the union's branches with this property. */
export function ownersOf(union: Union, property: string): string[] {
  return [...union.byValue].filter(([, branch]) => branch.properties.has(property)).map(([value]) => value);
}
