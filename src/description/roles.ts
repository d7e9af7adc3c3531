import type { Description } from "./description.ts";
import { follow, isNode, type Located, step } from "./nodes.ts";
import type { MediaType, Operation, Parameter } from "./operations.ts";
import type { MetaRole, ParameterRole, PropertyRole } from "./role-names.ts";
import { readObject, readUnion, type Union } from "./unions.ts";

/** What an operation does to the resource, derived from its method and from whether its path names one resource. */
export type OperationKind = "list" | "read" | "create" | "update" | "delete";

/**
 * The names in a description by role, so that code which serves or checks an instance contains no names. The roles are stated in the source
 * (`x-role`), and in generated/registry.json for readers of bundles.
 */
export interface Roles {
  kindOf(operation: Operation): OperationKind;
  /**
   * The operations of a kind. The list has one or two: its documented path first, then the path that `links` use, if that is another. Every
   * other kind has one, or none if the instance lacks it.
   */
  operations(kind: OperationKind): readonly Operation[];
  /** The list on its documented path. */
  readonly list: Operation;
  /** The list on the path that `links` use; the same operation if there is only one. */
  readonly listByLink: Operation;
  /** The list parameters with a role, in the contract's order. */
  parameters(role: ParameterRole): readonly Parameter[];
  /** The property of the handler, or the field of its settings, that each filter compares, by the filter's name. */
  readonly filters: ReadonlyMap<string, string>;
  /** The resource's property names by role, in the contract's order. */
  readonly properties: ReadonlyMap<PropertyRole, string>;
  /** The schema of each property by its role; of `settings`, the one of the first type. */
  readonly schemas: ReadonlyMap<PropertyRole, Located>;
  readonly meta: ReadonlyMap<MetaRole, string>;
  /** The resource as in answers: one branch per type. */
  readonly resource: Union;
  /** The body of a create; undefined if the instance has no create. */
  readonly create: Union | undefined;
  /** The body of an update; undefined if the instance has no update. */
  readonly update: Union | undefined;
  /** The fields of each type, which are its settings, in the contract's order. */
  readonly fields: ReadonlyMap<string, readonly string[]>;
  /** The text between the path and the page number in the URLs of `links`, if no other query was sent. */
  readonly pageQuery: string;
}

const found = new WeakMap<Description, Roles>();

/** The roles of a description. Throws if a role that the code needs is missing. */
export function rolesOf(description: Description): Roles {
  const known = found.get(description);
  if (known !== undefined) return known;
  const roles = readRoles(description);
  found.set(description, roles);
  return roles;
}

function readRoles(description: Description): Roles {
  const { document, operations, about, roleNames } = description;
  const byKind = new Map<OperationKind, Operation[]>();
  for (const operation of operations) {
    const kind = kindOf(operation);
    byKind.set(kind, [...(byKind.get(kind) ?? []), operation]);
  }
  const [list, listByLink = list] = (byKind.get("list") ?? []).sort((one, other) => {
    return Number(other.path === about.listPath) - Number(one.path === about.listPath);
  });
  if (list === undefined || listByLink === undefined)
    throw new Error("The description has no operation to list.");
  const answer = propertiesOf(document, needed(answerOf(list)?.schema, "schema of the list"));
  const resource = needed(itemUnion(document, answer), "union of the resource");
  const { properties, schemas } = readProperties(description, resource);
  const names = new Map<MetaRole, string>();
  for (const value of answer.values()) {
    for (const name of propertiesOf(document, value).keys()) {
      const role = roleNames.meta[name];
      if (role !== undefined) names.set(role, name);
    }
  }
  const settings = needed(properties.get("settings"), "property of the resource for settings");
  return {
    kindOf,
    operations: (kind) => byKind.get(kind) ?? [],
    list,
    listByLink,
    parameters: (role) =>
      list.parameters.filter(({ name }) => {
        return (roleNames.parameters[name] ?? (name in about.filters ? "filter" : undefined)) === role;
      }),
    filters: new Map(Object.entries(about.filters)),
    properties,
    schemas,
    meta: names,
    resource,
    create: bodyOf(byKind.get("create")?.[0]),
    update: bodyOf(byKind.get("update")?.[0]),
    fields: new Map(
      [...resource.byValue].map(([type, branch]) => {
        const schema = branch.properties.get(settings);
        return [type, schema === undefined ? [] : [...propertiesOf(document, schema).keys()]];
      }),
    ),
    pageQuery: about.pageQuery,
  };
}

function kindOf({ method, parameters }: Operation): OperationKind {
  const single = parameters.some((it) => it.in === "path");
  if (method === "GET") return single ? "read" : "list";
  if (method === "DELETE") return "delete";
  return single ? "update" : "create";
}

function bodyOf(operation: Operation | undefined): Union | undefined {
  return operation?.body?.contents.find((it) => it.union !== undefined)?.union;
}

function answerOf(operation: Operation): MediaType | undefined {
  return operation.responses.get("200")?.contents[0];
}

function propertiesOf(document: Description["document"], schema: Located): ReadonlyMap<string, Located> {
  return readObject(document, schema).properties;
}

function itemUnion(
  document: Description["document"],
  answer: ReadonlyMap<string, Located>,
): Union | undefined {
  for (const { node, pointer } of answer.values()) {
    if (isNode(node.items)) return readUnion(document, follow(document, node.items, step(pointer, "items")));
  }
  return undefined;
}

function readProperties(
  { roleNames }: Description,
  resource: Union,
): { properties: Map<PropertyRole, string>; schemas: Map<PropertyRole, Located> } {
  const properties = new Map<PropertyRole, string>();
  const schemas = new Map<PropertyRole, Located>();
  const [first] = resource.byValue.values();
  for (const [name, schema] of first?.properties ?? []) {
    const role = roleNames.properties[name];
    if (role === undefined) continue;
    properties.set(role, name);
    schemas.set(role, schema);
  }
  for (const role of ["id", "type", "name", "settings", "enabled", "changed", "created"] as const) {
    needed(properties.get(role), `property of the resource for ${role}`);
  }
  return { properties, schemas };
}

function needed<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`The description has no ${what}.`);
  return value;
}
