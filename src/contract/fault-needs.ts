import {
  createDescription,
  type Description,
  familyName,
  isNode,
  loadDescription,
  type Node,
  rolesOf,
} from "../description/index.ts";
import { type Fault, listFaults } from "../sandbox/index.ts";
import { readModel } from "../sandbox/model.ts";

/** Whether an instance has what a fault is about. */
export function canHave(fault: Fault, description: Description): boolean {
  const roles = rolesOf(description);
  const isServed = fault.operations.some((kind) => roles.operations(kind).length > 0);
  return isServed && fault.appliesTo?.(readModel(description)) !== false;
}

/**
 * What an instance needs to have each fault, in words, by the fault's name: a fault needs whatever the family can't do without and
 * still have it. Empty where every instance can have it.
 */
export function needsOfFaults(): Map<string, string[]> {
  const family = loadDescription(familyName);
  const lesser = lesserFamilies(family);
  return new Map(
    listFaults().map((fault) => {
      const needs = lesser.filter(({ description }) => !canHave(fault, description));
      return [fault.name, needs.map((it) => it.need)];
    }),
  );
}

/** The family without one thing, and how that thing is called. */
function lesserFamilies(family: Description): { need: string; description: Description }[] {
  const { list } = rolesOf(family);
  const optional = family.operations.filter(
    (it) => it.path !== list.path && rolesOf(family).kindOf(it) !== "list",
  );
  return [
    ...optional.map(({ id }) => ({ need: `\`${id}\``, description: withoutOperation(family, id) })),
    ...list.parameters
      .filter(({ name }) => !isOfPages(family, name))
      .map(({ name }) => ({ need: `\`${name}\``, description: withoutParameter(family, name) })),
    { need: "a type with several fields", description: withSingleFields(family) },
  ];
}

function isOfPages({ roleNames }: Description, parameter: string): boolean {
  const role = roleNames.parameters[parameter];
  return role === "page" || role === "page-size";
}

function withoutOperation(family: Description, id: string): Description {
  return changed(family, (node) => (node.operationId === id ? undefined : node));
}

function withoutParameter(family: Description, name: string): Description {
  const pointers = family.operations.flatMap((it) =>
    it.parameters
      .filter((parameter) => parameter.name === name && parameter.in === "query")
      .map((it) => it.pointer),
  );
  const { [name]: _, ...filters } = family.about.filters;
  return changed({ ...family, about: { ...family.about, filters } }, (node) =>
    pointers.includes(String(node.$ref)) ? undefined : node,
  );
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
