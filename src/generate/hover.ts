import { evidenceOf } from "../description/evidence.ts";
import { follow, isNode, type Node, step } from "../description/nodes.ts";
import type { OpenApiDocument } from "./document.ts";

type Writable = Record<string, unknown>;

/**
 * A bundle in which each property and parameter has, inline, the text that editors show: description, format, an example, and the assumption
 * if it is inferred. openapi-typescript ignores the descriptions of `$ref` targets, and TypeScript shows the comments of properties, not of
 * their types.
 */
export function withHoverTexts(document: OpenApiDocument): OpenApiDocument {
  const told = structuredClone(document) as unknown as { components: Record<string, Record<string, Node>> };
  const bundle: Node = document;
  for (const [name, schema] of Object.entries(told.components.schemas ?? {})) {
    tellProperties(bundle, schema, step("#/components/schemas", name));
  }
  for (const [name, parameter] of Object.entries(told.components.parameters ?? {})) {
    const pointer = step("#/components/parameters", name);
    const schema = follow(bundle, parameter.schema, `${pointer}/schema`).node;
    tell(parameter as Writable, bundle, pointer, schema);
  }
  return told as unknown as OpenApiDocument;
}

function tellProperties(bundle: Node, schema: unknown, pointer: string): void {
  if (!isNode(schema)) return;
  for (const [name, property] of Object.entries(isNode(schema.properties) ? schema.properties : {})) {
    const place = step(step(pointer, "properties"), name);
    if (!isNode(property)) continue;
    tellProperties(bundle, property, place);
    // A constant needs no description.
    if ("const" in property) continue;
    tell(property as Writable, bundle, place, follow(bundle, property, place).node);
  }
  for (const key of ["oneOf", "anyOf", "allOf"]) {
    const branches = Array.isArray(schema[key]) ? schema[key] : [];
    for (const [n, branch] of branches.entries()) tellProperties(bundle, branch, step(step(pointer, key), n));
  }
}

/** @param schema what the node refers to, or the node itself */
function tell(node: Writable, bundle: Node, pointer: string, schema: Node): void {
  const description = node.description ?? schema.description;
  const pattern = schema["x-datetime-format"];
  const form = pattern === undefined ? undefined : `Form: ${pattern} (in PHP's notation), in UTC.`;
  const texts = [description, form, assumptionOf(bundle, pointer, schema)].filter(Boolean);
  // Some editors show the tag `@description` apart from other text, but not a summary.
  delete node.description;
  if (texts.length > 0) node.summary = texts.join(" ");
  if (node.$ref !== undefined || node.schema !== undefined) {
    for (const key of ["format", "default", "examples"]) {
      if (node[key] === undefined && schema[key] !== undefined) node[key] = schema[key];
    }
  }
}

/** The assumption of an inferred statement, of the whole or of parts of it. */
function assumptionOf(bundle: Node, pointer: string, schema: Node): string | undefined {
  const evidence = evidenceOf(bundle, pointer);
  if (evidence.level === "inferred") return `Inferred: ${evidence.assumption}`;
  const isInPart = isNode(schema["x-evidence"]) && Object.values(schema["x-evidence"]).includes("inferred");
  return isInPart ? `Inferred in part: ${schema["x-assumption"]}` : undefined;
}
