import { follow, isNode, type Node } from "../../description/nodes.ts";
import type { OpenApiDocument } from "../document.ts";

/** Keys whose values are data, not parts of the description. */
const data = new Set(["value", "example", "default", "enum"]);

/**
 * The same contract in OpenAPI 3.0.3, for tools that don't support 3.1: `const` becomes an enum with one value, `null` becomes `nullable`,
 * and keywords next to a `$ref` are wrapped around it.
 */
export function asOpenApi30(document: OpenApiDocument): OpenApiDocument {
  const { openapi: _, info, ...rest } = document as Node & { info: Node };
  const { summary: __, license, ...told } = info;
  const converted = converter(document)(rest) as object;
  const version = {
    openapi: "3.0.3",
    info: { ...told, ...(isNode(license) && { license: linked(license) }) },
  };
  return { ...version, ...converted } as unknown as OpenApiDocument;
}

/** OpenAPI 3.0 has a URL for a license, but no identifier. */
function linked({ name, identifier }: Node): Node {
  return { name, ...(identifier !== undefined && { url: `https://spdx.org/licenses/${identifier}.html` }) };
}

function converter(document: Node): (value: unknown) => unknown {
  const convert = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(convert);
    if (!isNode(value)) return value;
    if (typeof value.$ref === "string") return reference(value);
    const node: Record<string, unknown> = {};
    for (const [key, child] of Object.entries(withoutNull(document, value))) {
      if (key === "const") node.enum = [child];
      else if (key === "examples" && Array.isArray(child)) node.example = child[0];
      else if (key === "properties" && isNode(child)) node[key] = properties(child);
      else node[key] = data.has(key) ? child : convert(child);
    }
    return node;
  };

  /** Properties may have any name, also that of a keyword. A schema that is `true` allows anything. */
  const properties = (named: Node): Node =>
    Object.fromEntries(
      Object.entries(named).map(([name, schema]) => [name, schema === true ? {} : convert(schema)]),
    );

  /** OpenAPI 3.0 allows nothing next to a `$ref`. For a schema it is wrapped around it; for others it is dropped. */
  const reference = ({ $ref, ...beside }: Node): Node => {
    const isAlone = Object.keys(beside).length === 0;
    if (isAlone || !String($ref).startsWith("#/components/schemas/")) return { $ref };
    return { allOf: [{ $ref }], ...(convert(beside) as Node) };
  };

  return convert;
}

/** In OpenAPI 3.0 `null` is not a type, but a mark of a schema that has a type. So the `$ref` is replaced by its target. */
function withoutNull(document: Node, node: Node): Node {
  const { type, anyOf, ...rest } = node;
  if (Array.isArray(type)) {
    const [only, ...more] = type.filter((each) => each !== "null");
    if (more.length > 0) throw new Error(`OpenAPI 3.0 has no schema of several types: ${type.join(", ")}.`);
    return { type: only, nullable: true, ...rest };
  }
  if (!Array.isArray(anyOf)) return node;
  const [other, ...more] = anyOf.filter((each) => !isNode(each) || each.type !== "null");
  if (more.length > 0 || anyOf.length === 1) return node;
  return { ...nullable(follow(document, other, "#").node), ...renamedEvidence(rest) };
}

/** A schema that also allows null; one of its branches must allow it, too. */
function nullable(schema: Node): Node {
  const { type, anyOf, ...rest } = schema;
  if (!Array.isArray(anyOf)) return { type, nullable: true, ...rest };
  const branches = anyOf.filter(isNode);
  return { type: branches[0]?.type, nullable: true, ...rest, anyOf: branches.map(nullable) };
}

/** Evidence about `anyOf` becomes evidence about `nullable`. */
function renamedEvidence(node: Node): Node {
  const evidence = node["x-evidence"];
  if (!isNode(evidence) || !("anyOf" in evidence)) return node;
  const { anyOf, ...others } = evidence;
  return { ...node, "x-evidence": { ...others, nullable: anyOf } };
}
