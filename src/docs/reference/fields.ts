import { at, follow, isNode, type Node, step } from "../../description/index.ts";
import { type Mark, marksOf } from "./marks.ts";

/** A parameter, a field of a form, a property of an answer, or a header. */
export interface Field {
  readonly name: string;
  /** Its id on the page: `create.name`. */
  readonly id: string;
  /** JSON types in code notation: `string`, `object[]`, `string | null`. */
  readonly type: string;
  readonly isRequired: boolean;
  /** In English, like all texts of the model. */
  readonly description: string | undefined;
  readonly format: string | undefined;
  /** The allowed values, if there are few. */
  readonly values: readonly unknown[];
  readonly preset: unknown;
  readonly minimum: number | undefined;
  readonly pattern: string | undefined;
  readonly marks: readonly Mark[];
  readonly children: readonly Field[];
  /** Pointer of the object that it is, or has a list of. */
  readonly target: string;
  /** Other forms that a value may have, in words. */
  readonly forms: readonly string[];
}

/** Where a field is, and what it is there. */
export interface FieldPosition {
  readonly name: string;
  readonly id: string;
  readonly isRequired: boolean;
  /** Whether its parent is inferred; then the field is, too, unless it says otherwise. */
  readonly isInferred?: boolean;
}

/** Reads the schema at a place, which may be a `$ref` with other keywords next to it. */
export function readField(document: Node, place: string, position: FieldPosition): Field {
  const { nodes, pointer } = chain(document, place);
  const node = nodes.at(-1) ?? {};
  const choice = alternativesOf(document, node, pointer);
  const main = choice.find(({ node }) => node.type === "object") ?? choice[0] ?? { node, pointer };
  const own = marksOf(nodes);
  const states = nodes.some((each) => each["x-evidence"] === "documented");
  const inherited: Mark[] = position.isInferred && own.length === 0 && !states ? [{ level: "inferred" }] : [];
  const marks = [...own, ...inherited, ...choice.flatMap((each) => marksOf([each.node]))];
  const isInferred =
    nodes.some((each) => each["x-evidence"] === "inferred") || (position.isInferred ?? false);
  const items = isNode(main.node.items) ? step(main.pointer, "items") : undefined;
  const holder = items === undefined ? main : follow(document, { $ref: items }, items);
  return {
    name: position.name,
    id: position.id,
    type: typeOf(document, nodes, pointer),
    isRequired: position.isRequired,
    description: firstText([...nodes, main.node].map((each) => each.description)),
    format: firstText([main.node.format]),
    values: Array.isArray(main.node.enum) ? main.node.enum : "const" in main.node ? [main.node.const] : [],
    preset: main.node.default,
    minimum: typeof main.node.minimum === "number" ? main.node.minimum : undefined,
    pattern: choice.length > 1 ? undefined : firstText([main.node.pattern]),
    marks,
    target: holder.pointer,
    children: readProperties(document, holder.pointer, position.id, isInferred && items === undefined),
    forms: choice
      .filter((each) => each.node !== main.node || choice.every(({ node }) => node.type === "string"))
      .map(({ node }) => firstText([node.description]))
      .filter((text) => text !== undefined),
  };
}

/** The properties of the object at a pointer, without the excluded ones. */
export function readProperties(
  document: Node,
  pointer: string,
  id: string,
  isInferred = false,
  without: ReadonlySet<string> = new Set(),
): Field[] {
  const { node, pointer: place } = follow(document, { $ref: pointer }, pointer);
  if (!isNode(node.properties)) return [];
  const required = Array.isArray(node.required) ? node.required : [];
  return Object.keys(node.properties)
    .filter((name) => !without.has(name))
    .map((name) =>
      readField(document, step(step(place, "properties"), name), {
        name,
        id: `${id}.${name}`,
        isRequired: required.includes(name),
        isInferred,
      }),
    );
}

/** A node and the targets of its `$ref`s in turn, with the pointer of the last. */
export function chain(document: Node, place: string): { nodes: Node[]; pointer: string } {
  const nodes: Node[] = [];
  let pointer = place;
  let node = at(document, pointer);
  while (isNode(node)) {
    nodes.push(node);
    if (typeof node.$ref !== "string") break;
    pointer = node.$ref;
    node = at(document, pointer);
  }
  return { nodes, pointer };
}

/** The alternatives of an `anyOf`, except null, which the type shows. */
function alternativesOf(document: Node, node: Node, pointer: string): { node: Node; pointer: string }[] {
  if (!Array.isArray(node.anyOf)) return [];
  return node.anyOf
    .map((each, index) => follow(document, each, step(step(pointer, "anyOf"), index)))
    .filter(({ node }) => node.type !== "null")
    .flatMap((each) => {
      const inner = alternativesOf(document, each.node, each.pointer);
      return inner.length > 0 ? inner : [each];
    });
}

function typeOf(document: Node, nodes: readonly Node[], pointer: string): string {
  const node = nodes.at(-1) ?? {};
  if (Array.isArray(node.anyOf) || Array.isArray(node.oneOf)) {
    const key = Array.isArray(node.anyOf) ? "anyOf" : "oneOf";
    const all = (node[key] as unknown[]).map((_each, index) => {
      const inner = chain(document, step(step(pointer, key), index));
      return typeOf(document, inner.nodes, inner.pointer);
    });
    return [...new Set(all)].join(" | ");
  }
  if (node.type === "array") {
    if (node.maxItems === 0) return "[]";
    const inner = chain(document, step(pointer, "items"));
    return `${typeOf(document, inner.nodes, inner.pointer)}[]`;
  }
  return [node.type].flat().filter(Boolean).join(" | ");
}

function firstText(values: readonly unknown[]): string | undefined {
  return values.find((value) => typeof value === "string" && value !== "") as string | undefined;
}
