import { follow, isNode, type Located, type Node, step } from "./nodes.ts";

/** One member of a union. */
export interface Branch extends Located {
  /** The `const` that selects the branch; undefined for the branch that lacks the selecting property. */
  readonly value: string | undefined;
  readonly properties: ReadonlyMap<string, Located>;
  readonly required: readonly string[];
  readonly closed: boolean;
}

/** A `oneOf` whose branches are told apart by the `const` of one property. */
export interface Union {
  /** Pointer of the schema that carries the `oneOf`. */
  readonly pointer: string;
  /** The property whose `const` tells the branches apart. */
  readonly property: string;
  readonly byValue: ReadonlyMap<string, Branch>;
  /** The branch for values without that property, where there is one. */
  readonly otherwise: Branch | undefined;
}

/**
 * Reads a `oneOf` as a union: all branches are objects, and there is a property whose string `const` differs in each
 * branch that has it; one branch at most may lack it. Returns undefined for any other `oneOf`, and for a schema without one.
 */
export function readUnion(document: Node, { node, pointer }: Located): Union | undefined {
  if (!Array.isArray(node.oneOf) || node.oneOf.length === 0) return undefined;
  const branches = node.oneOf.map((branch, index) => {
    return readObject(document, follow(document, branch, step(step(pointer, "oneOf"), index)));
  });
  const candidates = new Set(branches.flatMap((branch) => [...branch.properties.keys()]));
  for (const property of candidates) {
    const byValue = new Map<string, Branch>();
    const without: Branch[] = [];
    for (const branch of branches) {
      const schema = branch.properties.get(property)?.node;
      if (schema === undefined && branch.closed) without.push(branch);
      else if (typeof schema?.const === "string")
        byValue.set(schema.const, { ...branch, value: schema.const });
    }
    if (byValue.size > 0 && without.length <= 1 && byValue.size + without.length === branches.length) {
      return { pointer, property, byValue, otherwise: without[0] };
    }
  }
  return undefined;
}

/** An object schema with its properties resolved. */
export function readObject(document: Node, { node, pointer }: Located): Branch {
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

/** The branches of a union that have the property, as the values that select them. */
export function ownersOf(union: Union, property: string): string[] {
  return [...union.byValue].filter(([, branch]) => branch.properties.has(property)).map(([value]) => value);
}
