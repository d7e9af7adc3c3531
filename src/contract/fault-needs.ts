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
import { type Fault, listFaults } from "../sandbox/index.ts";
import { type Model, readModel } from "../sandbox/model.ts";

/** Whether an instance has what a fault is about. */
export function canHave(fault: Fault, description: Description): boolean {
  const roles = rolesOf(description);
  const isServed = fault.operations.some((kind) => roles.operations(kind).length > 0);
  return isServed && fault.appliesTo?.(modelOf(description)) !== false;
}

const models = new WeakMap<Description, Model>();

function modelOf(description: Description): Model {
  const model = models.get(description) ?? readModel(description);
  models.set(description, model);
  return model;
}

/**
 * What an instance needs to have each fault, in words, by the fault's name: whatever the family can't do without and still have it.
 * Empty where every instance can have it.
 */
export function needsOfFaults(): Map<string, string[]> {
  const family = lesserOf(loadDescription(familyName));
  return new Map(listFaults().map((fault) => [fault.name, needsOf(fault, family)] as const));
}

function needsOf(fault: Fault, family: Lesser): string[] {
  if (canHave(fault, family.description)) return missed(fault, family);
  // The family is open to any type; what is about types that are not allowed only others can have.
  const one = instanceNames.map(loadDescription).find((it) => canHave(fault, it));
  return ["a known list of types", ...(one === undefined ? [] : missed(fault, lesserOf(one)))];
}

function missed(fault: Fault, { singles, unfiltered }: Lesser): string[] {
  const needs = singles.filter(({ description }) => !canHave(fault, description)).map((it) => it.need);
  return needs.length === 0 && !canHave(fault, unfiltered) ? ["any filter"] : needs;
}

/** A contract, and what is left of it. */
interface Lesser {
  readonly description: Description;
  /** Without one thing, and how that is called. */
  readonly singles: readonly { readonly need: string; readonly description: Description }[];
  /** Without all parameters of the list but those of its pages. */
  readonly unfiltered: Description;
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
    unfiltered: withoutParameters(description, filters),
  };
}

function isOfPages({ roleNames }: Description, parameter: string): boolean {
  const role = roleNames.parameters[parameter];
  return role === "page" || role === "page-size";
}

function withoutOperation(family: Description, id: string): Description {
  return changed(family, (node) => (node.operationId === id ? undefined : node));
}

function withoutParameters(family: Description, names: readonly string[]): Description {
  const pointers = family.operations.flatMap((operation) =>
    operation.parameters.filter((it) => names.includes(it.name) && it.in === "query").map((it) => it.pointer),
  );
  const kept = Object.entries(family.about.filters).filter(([name]) => !names.includes(name));
  const about = { ...family.about, filters: Object.fromEntries(kept) };
  return changed({ ...family, about }, (node) => (pointers.includes(String(node.$ref)) ? undefined : node));
}

/** Each type keeps the first of its fields. */
function withSingleFields(family: Description): Description {
  const others = [...rolesOf(family).fields.values()].flatMap((fields) => fields.slice(1));
  return changed(family, (node) => {
    if (!isNode(node.properties)) return node;
    const kept = Object.entries(node.properties).filter(([name]) => !others.includes(name));
    return { ...node, properties: Object.fromEntries(kept) };
  });
}

/** The description of a changed document: `edit` is asked for each object in it, and leaves it out by giving none. */
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
