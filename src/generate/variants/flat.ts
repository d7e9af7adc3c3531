import { follow, isNode, type Node } from "../../description/nodes.ts";
import type { OpenApiDocument } from "../document.ts";

/**
 * The same contract with one object per form: the fields of all types, all optional, with the condition in their descriptions. For
 * generators that can't handle a `oneOf`, that send fields which were not set, or that have no type for a choice of strings. It allows more
 * than the contract: which field belongs to which type is only described.
 */
export function withFlatBodies(document: OpenApiDocument): OpenApiDocument {
  const flat = structuredClone(document) as unknown as { paths: Record<string, unknown> } & {
    components: { schemas: Record<string, Node> };
  };
  const whole: Node = document;
  for (const name of formSchemas(whole)) {
    const schema = flat.components.schemas[name];
    if (schema !== undefined && Array.isArray(schema.oneOf)) {
      flat.components.schemas[name] = flattened(whole, schema, schema.oneOf);
    }
  }
  joinTexts(flat, whole);
  const before = usedSchemas(whole);
  const after = usedSchemas(flat);
  for (const name of before) if (!after.has(name)) delete flat.components.schemas[name];
  return flat as unknown as OpenApiDocument;
}

/** Replaces each choice of strings by one string, without the patterns of the single choices. */
function joinTexts(value: unknown, document: Node): void {
  if (typeof value !== "object" || value === null) return;
  for (const child of Object.values(value)) joinTexts(child, document);
  const schema: { anyOf?: unknown } = value;
  if (!Array.isArray(schema.anyOf)) return;
  const choices = schema.anyOf.map((each) => follow(document, each, "#").node);
  if (!choices.every(({ type }) => type === "string")) return;
  const [{ format, examples } = {}] = choices;
  delete schema.anyOf;
  const isFormat = format !== undefined && choices.every((each) => each.format === format);
  Object.assign(schema, { type: "string", ...(isFormat && { format }), ...(examples ? { examples } : {}) });
}

/** The names of the schemas of forms. */
function formSchemas(document: Node): Set<string> {
  const names = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    for (const [key, child] of Object.entries(value)) {
      const $ref =
        key === "multipart/form-data" && isNode(child) && isNode(child.schema) && child.schema.$ref;
      if (typeof $ref === "string") names.add($ref.split("/").at(-1) ?? "");
      visit(child);
    }
  };
  visit(document.paths);
  return names;
}

interface Branch extends Node {
  readonly properties: Record<string, Node>;
  readonly required?: readonly string[];
}

function flattened(document: Node, { oneOf: _, ...schema }: Node, references: readonly unknown[]): Node {
  const branches = references.map((each) => follow(document, each, "#").node as Branch);
  const names = new Set(branches.flatMap((branch) => Object.keys(branch.properties)));
  const properties = [...names].map((name) => [name, property(document, name, branches)] as const);
  const required = (branches[0]?.required ?? []).filter((name) =>
    branches.every((branch) => branch.required?.includes(name)),
  );
  return {
    ...schema,
    type: "object",
    ...(required.length > 0 && { required }),
    additionalProperties: branches.some((branch) => branch.additionalProperties !== false),
    properties: Object.fromEntries(properties),
  };
}

/** A property of the branches that have it. The branches differ in the value of the type. */
function property(document: Node, name: string, branches: readonly Branch[]): Node {
  const having = branches.filter((branch) => name in branch.properties);
  const values = having.flatMap((branch) => branch.properties[name]?.const ?? []);
  if (values.length > 0) {
    const isOpen = values.length < having.length;
    return { type: "string", ...(isOpen ? { examples: [values[0]] } : { enum: values }) };
  }
  const [first] = having;
  const schema = follow(document, first?.properties[name], "#").node;
  const types = having.flatMap((branch) => typeOf(branch) ?? []);
  // A branch without a type takes the fields of all types.
  if (branches.filter(typeOf).length === types.length) return schema;
  const condition = `Only for handlers of type ${types.map((type) => `\`${type}\``).join(", ")}.`;
  return { ...schema, description: [schema.description, condition].filter(Boolean).join(" ") };
}

function typeOf(branch: Branch): string | undefined {
  return Object.values(branch.properties)
    .map((each) => each.const)
    .find((value) => typeof value === "string");
}

/** The names of the schemas that operations refer to. */
function usedSchemas(document: Node): Set<string> {
  const { components, ...frame } = document as { components: { schemas: Record<string, Node> } };
  const used = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    const name = /^#\/components\/schemas\/([^/]+)$/.exec(String((value as Node).$ref))?.[1];
    if (name !== undefined && !used.has(name)) {
      used.add(name);
      visit(components.schemas[name]);
    }
    for (const child of Object.values(value)) visit(child);
  };
  visit(frame);
  visit({ ...components, schemas: undefined });
  return used;
}
