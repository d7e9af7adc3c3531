import { follow, isNode, type Node } from "../../description/nodes.ts";
import type { OpenApiDocument } from "../document.ts";

/** Keys whose values are data, not descriptions. */
const data = new Set(["value", "example", "default", "enum"]);

/**
 * The same contract in OpenAPI 3.0.3, for tools that stop there. What 3.1 says and 3.0 can't is said with what it has: `const` is an enum of
 * one, `null` is `nullable`, what stands beside a reference goes around it.
 */
export function asOpenApi30(document: OpenApiDocument): OpenApiDocument {
  const { openapi: _, info, ...rest } = document as unknown as Node & { info: Node };
  const { summary: __, license, ...told } = info;
  const converted = converter(document as unknown as Node)(rest) as object;
  const version = {
    openapi: "3.0.3",
    info: { ...told, ...(isNode(license) && { license: linked(license) }) },
  };
  return { ...version, ...converted } as unknown as OpenApiDocument;
}

/** A license is named by its address, not by its identifier. */
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

  /** A property may have any name, also one that is a key elsewhere; and a schema that is `true` allows anything. */
  const properties = (named: Node): Node =>
    Object.fromEntries(
      Object.entries(named).map(([name, schema]) => [name, schema === true ? {} : convert(schema)]),
    );

  /** In 3.0 nothing may stand beside a reference. Around a schema's it can; of others it is left out. */
  const reference = ({ $ref, ...beside }: Node): Node => {
    const isAlone = Object.keys(beside).length === 0;
    if (isAlone || !String($ref).startsWith("#/components/schemas/")) return { $ref };
    return { allOf: [{ $ref }], ...(convert(beside) as Node) };
  };

  return convert;
}

/** `null` is no type in 3.0 but a mark of a schema that has a type: so what is referred to is put in the place of the reference. */
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

/** A schema that takes null, too; and so must one of its branches. */
function nullable(schema: Node): Node {
  const { type, anyOf, ...rest } = schema;
  if (!Array.isArray(anyOf)) return { type, nullable: true, ...rest };
  const branches = anyOf.filter(isNode);
  return { type: branches[0]?.type, nullable: true, ...rest, anyOf: branches.map(nullable) };
}

/** What was said of `anyOf` is now said of `nullable`. */
function renamedEvidence(node: Node): Node {
  const evidence = node["x-evidence"];
  if (!isNode(evidence) || !("anyOf" in evidence)) return node;
  const { anyOf, ...others } = evidence;
  return { ...node, "x-evidence": { ...others, nullable: anyOf } };
}
