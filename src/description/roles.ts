import type { Description } from "./description.ts";
import { follow, isNode, type Located, step } from "./nodes.ts";
import type { MediaType, Operation, Parameter } from "./operations.ts";
import { readObject, readUnion, type Union } from "./unions.ts";

/** What an operation does to the resource, told from its method and from whether its path names one resource. */
export type OperationKind = "list" | "read" | "create" | "update" | "delete";

/** What a list parameter is for (`x-role`). `filter` compares the property of the same name. */
export type ParameterRole =
  | "page"
  | "page-size"
  | "search-text"
  | "search-property"
  | "filter"
  | "range-property"
  | "range-start"
  | "range-end"
  | "order-property"
  | "order-direction";

/** What a property of the resource is for (`x-role`; `type` and `settings` are told by their schemas). */
export type PropertyRole = "id" | "type" | "name" | "settings" | "enabled" | "changed" | "created";

/** What a property of a list's `meta` is for (`x-role`). */
export type MetaRole = "page" | "page-size" | "total" | "total-pages";

/** The names of a description by what they are for, so that code which serves or checks an instance holds no name. */
export interface Roles {
  kindOf(operation: Operation): OperationKind;
  /** The operations of a kind: the list has two, its documented form first. */
  operations(kind: OperationKind): readonly Operation[];
  /** The list parameters with a role, in the contract's order; an instance without filters has few. */
  parameters(role: ParameterRole): readonly Parameter[];
  /** The name of a property of the resource, in the contract's order of properties. */
  readonly properties: ReadonlyMap<PropertyRole, string>;
  /** The schema of each property by its role; of `settings`, the one of the first type. */
  readonly schemas: ReadonlyMap<PropertyRole, Located>;
  readonly meta: ReadonlyMap<MetaRole, string>;
  /** The resource as answers carry it: one branch per type. */
  readonly resource: Union;
  readonly create: Union;
  readonly update: Union;
  /** The settings of each type: names of its fields in the contract's order. */
  readonly fields: ReadonlyMap<string, readonly string[]>;
  /** What stands between the path and the page number in the URLs of `links`, where no other query was asked for. */
  readonly pageQuery: string;
}

const found = new WeakMap<Description, Roles>();

/** The roles of a description, read once. Throws when the description says of nothing that it is for a role that it needs. */
export function rolesOf(description: Description): Roles {
  const known = found.get(description);
  if (known !== undefined) return known;
  const roles = readRoles(description);
  found.set(description, roles);
  return roles;
}

function readRoles(description: Description): Roles {
  const { document, operations } = description;
  const byKind = new Map<OperationKind, Operation[]>();
  for (const operation of operations) {
    byKind.set(kindOf(operation), [...(byKind.get(kindOf(operation)) ?? []), operation]);
  }
  const one = (kind: OperationKind): Operation => needed(byKind.get(kind)?.[0], `operation to ${kind}`);
  const list = one("list");
  const create = unionOf(bodyOf(one("create")), "create body");
  const update = unionOf(bodyOf(one("update")), "update body");

  const answer = propertiesOf(document, needed(answerOf(list)?.schema, "schema of the list"));
  const resource = needed(itemUnion(document, answer), "union of the resource");
  const { properties, schemas } = readProperties(resource);
  const own = new Set(properties.values());
  const meta = new Map<MetaRole, string>();
  for (const value of answer.values()) {
    for (const [name, { node }] of propertiesOf(document, value)) {
      if (typeof node["x-role"] === "string") meta.set(node["x-role"] as MetaRole, name);
    }
  }
  return {
    kindOf,
    operations: (kind) => byKind.get(kind) ?? [],
    parameters: (role) => list.parameters.filter((it) => roleAt(document, it.pointer) === role),
    properties,
    schemas,
    meta,
    resource,
    create,
    update,
    fields: new Map(
      [...create.byValue].map(([type, branch]) => [
        type,
        [...branch.properties.keys()].filter((name) => !own.has(name)),
      ]),
    ),
    pageQuery: needed(findText(document, "x-page-query"), "x-page-query"),
  };
}

function kindOf({ method, parameters }: Operation): OperationKind {
  const single = parameters.some((it) => it.in === "path");
  if (method === "GET") return single ? "read" : "list";
  if (method === "DELETE") return "delete";
  return single ? "update" : "create";
}

function bodyOf(operation: Operation): MediaType | undefined {
  return operation.body?.contents.find((it) => it.union !== undefined);
}

function answerOf(operation: Operation): MediaType | undefined {
  return operation.responses.get("200")?.contents[0];
}

function unionOf(content: MediaType | undefined, what: string): Union {
  return needed(content?.union, `union of the ${what}`);
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

function readProperties(resource: Union): {
  properties: Map<PropertyRole, string>;
  schemas: Map<PropertyRole, Located>;
} {
  const properties = new Map<PropertyRole, string>();
  const schemas = new Map<PropertyRole, Located>();
  for (const branch of [...resource.byValue.values()].slice(0, 1)) {
    for (const [name, schema] of branch.properties) {
      const stated = schema.node["x-role"];
      const role =
        name === resource.property
          ? "type"
          : schema.node.type === "object"
            ? "settings"
            : (stated as PropertyRole);
      if (role === undefined) continue;
      properties.set(role, name);
      schemas.set(role, schema);
    }
  }
  for (const role of ["id", "type", "name", "settings", "enabled", "changed", "created"] as const) {
    needed(properties.get(role), `property of the resource for ${role}`);
  }
  return { properties, schemas };
}

function roleAt(document: Description["document"], pointer: string): unknown {
  return follow(document, { $ref: pointer }, pointer).node["x-role"];
}

function findText(value: unknown, key: string): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  for (const [name, child] of Object.entries(value)) {
    if (name === key && typeof child === "string") return child;
    const text = findText(child, key);
    if (text !== undefined) return text;
  }
  return undefined;
}

function needed<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`The description has no ${what}.`);
  return value;
}
