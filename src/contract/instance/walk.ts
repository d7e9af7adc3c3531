import {
  type Branch,
  branchOf,
  type Description,
  follow,
  isNode,
  type Located,
  type Node,
  readObject,
  readUnion,
  step,
  type Union,
} from "../../description/index.ts";

/**
 * The properties that the contract states for a schema, as paths such as `data[].settings`. Where a type selects a branch, the path names
 * it: `data[](email).settings.email`.
 */
export function propertiesIn(document: Description["document"], schema: Located, path = ""): string[] {
  const union = unionAt(document, schema);
  if (union !== undefined) {
    return [...namedBranches(union)].flatMap(([value, branch]) =>
      propertiesIn(document, branch, `${path}(${value})`),
    );
  }
  const item = itemOf(document, schema);
  if (item !== undefined) return propertiesIn(document, item, `${path}[]`);
  return [...objectAt(document, schema).properties].flatMap(([name, property]) => {
    const place = join(path, name);
    return [place, ...propertiesIn(document, property, place)];
  });
}

/** The name of the branch for any other type in paths. */
export const anyOther = "any other";

function* namedBranches({ byValue, open }: Union): Generator<readonly [string, Branch]> {
  yield* byValue;
  if (open !== undefined) yield [anyOther, open];
}

/** The properties of a value: those that the contract states, and others. */
export interface SeenProperties {
  readonly known: Set<string>;
  /** Paths of properties that the contract does not state. */
  readonly undocumented: Set<string>;
  /** Types that select no branch, because the contract does not know them. */
  readonly unknownTypes: Set<string>;
}

/** Examines a value that is otherwise valid. */
export function seenProperties(
  document: Description["document"],
  schema: Located,
  value: unknown,
): SeenProperties {
  const sighting: SeenProperties = { known: new Set(), undocumented: new Set(), unknownTypes: new Set() };
  look(document, schema, value, "", sighting);
  return sighting;
}

function look(
  document: Description["document"],
  schema: Located,
  value: unknown,
  path: string,
  sighting: SeenProperties,
): void {
  if (Array.isArray(value)) {
    const item = itemOf(document, schema);
    if (item !== undefined) for (const entry of value) look(document, item, entry, `${path}[]`, sighting);
    return;
  }
  if (!isNode(value)) return;
  const union = unionAt(document, schema);
  if (union !== undefined) {
    const type = value[union.property];
    const branch = branchOf(union, type);
    if (branch !== undefined) look(document, branch, value, `${path}(${branch.value ?? anyOther})`, sighting);
    else if (typeof type === "string") sighting.unknownTypes.add(type);
    return;
  }
  const { node, properties } = objectAt(document, schema);
  // A schema without properties leaves them open, so none of them is new.
  if (node.properties === undefined) return;
  for (const [name, child] of Object.entries(value)) {
    const property = properties.get(name);
    const place = join(path, name);
    if (property === undefined) {
      sighting.undocumented.add(place);
      continue;
    }
    sighting.known.add(place);
    look(document, property, child, place, sighting);
  }
}

const unions = new WeakMap<Node, Union | null>();
const objects = new WeakMap<Node, Branch>();

/** Cached per schema: a run examines the same few schemas thousands of times. */
function unionAt(document: Node, schema: Located): Union | undefined {
  let union = unions.get(schema.node);
  if (union === undefined) {
    union = readUnion(document, schema) ?? null;
    unions.set(schema.node, union);
  }
  return union ?? undefined;
}

function objectAt(document: Node, schema: Located): Branch {
  const known = objects.get(schema.node);
  if (known !== undefined) return known;
  const object = readObject(document, schema);
  objects.set(schema.node, object);
  return object;
}

function itemOf(document: Description["document"], { node, pointer }: Located): Located | undefined {
  return isNode(node.items) ? follow(document, node.items, step(pointer, "items")) : undefined;
}

function join(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}
