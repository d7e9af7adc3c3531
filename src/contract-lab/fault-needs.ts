import {
  createDescription,
  type Description,
  familyName,
  instanceNames,
  isNode,
  loadDescription,
  type Node,
  rolesOf,
} from "../description/index.ts";
import { type Fault, listFaults, type Model, readModel } from "../sandbox/index.ts";

/** Whether an instance has what a fault is about. */
export function canHave(fault: Fault, description: Description): boolean {
  return fault.appliesTo?.(modelOf(description)) !== false;
}

const models = new WeakMap<Description, Model>();

function modelOf(description: Description): Model {
  const model = models.get(description) ?? readModel(description);
  models.set(description, model);
  return model;
}

/**
 * What an instance needs so that it can have each fault, in words, by fault name. A need is found by removing things from the family until
 * the fault is impossible. Empty if every instance can have the fault.
 */
export function needsOfFaults(): Map<string, string[]> {
  const family = lesserOf(loadDescription(familyName));
  return new Map(listFaults().map((fault) => [fault.name, needsOf(fault, family)] as const));
}

function needsOf(fault: Fault, family: Lesser): string[] {
  if (canHave(fault, family.description)) return missed(fault, family);
  if (canHave(fault, withFilterOfItsOwn(family.description))) return ["a filter that the family lacks"];
  // The family takes any type, so faults about types that are not allowed are only possible with other instances.
  const one = instanceNames.map(loadDescription).find((it) => canHave(fault, it));
  return ["a known list of types", ...(one === undefined ? [] : missed(fault, lesserOf(one)))];
}

function missed(fault: Fault, { singles, filters, description }: Lesser): string[] {
  const needs = singles.filter((it) => !canHave(fault, it.description)).map((it) => it.need);
  if (needs.length > 0 || canHave(fault, withoutParameters(description, filters))) return needs;
  const alone = filters.filter((kept) => {
    const others = filters.filter((name) => name !== kept);
    return canHave(fault, withoutParameters(description, others));
  });
  return [alone.length === 0 ? "several filters" : alone.map((name) => `\`${name}\``).join(" or ")];
}

/** A contract, and versions of it that lack something. */
interface Lesser {
  readonly description: Description;
  /** Versions that each lack one thing, and the name of that thing. */
  readonly singles: readonly { readonly need: string; readonly description: Description }[];
  /** The list parameters besides the page parameters. */
  readonly filters: readonly string[];
}

function lesserOf(description: Description): Lesser {
  const { list, kindOf } = rolesOf(description);
  const optional = description.operations.filter((it) => kindOf(it) !== "list");
  const filters = list.parameters.map((it) => it.name).filter((name) => !isOfPages(description, name));
  return {
    description,
    singles: [
      ...optional.map(({ id }) => ({ need: `\`${id}\``, description: withoutOperation(description, id) })),
      ...filters.map((name) => ({
        need: `\`${name}\``,
        description: withoutParameters(description, [name]),
      })),
      { need: "a type with several fields", description: withSingleFields(description) },
    ],
    filters,
  };
}

function isOfPages({ roleNames }: Description, parameter: string): boolean {
  const role = roleNames.parameters[parameter];
  return role === "page" || role === "page-size";
}

function withoutOperation(family: Description, id: string): Description {
  return changed(family, (node) => (node.operationId === id ? undefined : node));
}

const lessened = new WeakMap<Description, Map<string, Description>>();

/** Cached, since several faults need the same. */
function withoutParameters(description: Description, names: readonly string[]): Description {
  const known = lessened.get(description) ?? new Map<string, Description>();
  lessened.set(description, known);
  const key = names.join();
  const made = known.get(key) ?? lacking(description, names);
  known.set(key, made);
  return made;
}

function lacking(family: Description, names: readonly string[]): Description {
  const pointers = family.operations.flatMap((operation) =>
    operation.parameters.filter((it) => names.includes(it.name) && it.in === "query").map((it) => it.pointer),
  );
  const kept = Object.entries(family.about.filters).filter(([name]) => !names.includes(name));
  const about = { ...family.about, filters: Object.fromEntries(kept) };
  return changed({ ...family, about }, (node) => (pointers.includes(String(node.$ref)) ? undefined : node));
}

/** With an additional filter by name, as an instance may have one of its own. */
function withFilterOfItsOwn(family: Description): Description {
  const name = "a_filter_of_its_own";
  const property = rolesOf(family).properties.get("name") ?? "";
  const lists = rolesOf(family).operations("list");
  const about = { ...family.about, filters: { ...family.about.filters, [name]: property } };
  const parameter = { name, in: "query", schema: { type: "string" } };
  return changed({ ...family, about }, (node) =>
    lists.some((it) => it.id === node.operationId) && Array.isArray(node.parameters)
      ? { ...node, parameters: [...node.parameters, parameter] }
      : node,
  );
}

/** Each type keeps only its first field. */
function withSingleFields(family: Description): Description {
  const others = [...rolesOf(family).fields.values()].flatMap((fields) => fields.slice(1));
  return changed(family, (node) => {
    if (!isNode(node.properties)) return node;
    const kept = Object.entries(node.properties).filter(([name]) => !others.includes(name));
    return { ...node, properties: Object.fromEntries(kept) };
  });
}

/** The description of a changed document. `edit` is called for each object in it, and removes the object by returning undefined. */
function changed(
  { name, about, roleNames: roles, document }: Description,
  edit: (node: Node) => Node | undefined,
): Description {
  return createDescription(rewritten(document, edit) as Node, { name, about, roles });
}

function rewritten(value: unknown, edit: (node: Node) => Node | undefined): unknown {
  if (Array.isArray(value)) return value.map((it) => rewritten(it, edit)).filter((it) => it !== undefined);
  if (!isNode(value)) return value;
  const node = edit(value);
  if (node === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(node).flatMap(([name, child]) => {
      const kept = rewritten(child, edit);
      return kept === undefined ? [] : [[name, kept]];
    }),
  );
}
