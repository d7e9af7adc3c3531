import { type DatetimeFormat, datetimeFormat } from "./datetime.ts";
import type { Description } from "./description.ts";
import { isNode, step } from "./nodes.ts";
import type { Operation, Parameter } from "./operations.ts";
import type { ParameterRole, PropertyRole } from "./role-names.ts";
import { type Roles, rolesOf } from "./roles.ts";
import type { Statement } from "./statement.ts";

/** An instance for code that serves or checks it: its description, and everything in it by role. */
export interface Model {
  readonly description: Description;
  readonly roles: Roles;
  /** Undefined if the instance has no such operation. */
  readonly operations: {
    /** The list on its documented path. */
    readonly list: Operation;
    /** The list on the path that `links` use; the same operation if there is only one. */
    readonly listByLink: Operation;
    readonly read: Operation | undefined;
    readonly create: Operation | undefined;
    readonly update: Operation | undefined;
    readonly delete: Operation | undefined;
  };
  /** Names of the resource's properties. */
  readonly names: Readonly<Record<PropertyRole, string>>;
  readonly meta: Readonly<Record<"page" | "page-size" | "total" | "total-pages", string>>;
  /** The handler types that the instance is known to have. */
  readonly types: readonly string[];
  /** Whether it may have others, too. */
  readonly open: boolean;
  /** Allowed page sizes, ascending. */
  readonly sizes: readonly number[];
  readonly defaultSize: number;
  readonly datetime: DatetimeFormat;
  /** The form of datetimes in queries; undefined if there are none. */
  readonly queryDatetime: DatetimeFormat | undefined;
  /** Whether the list takes more than page parameters: filters, a search, a range, an order. */
  readonly hasFilters: boolean;
  /** The parameter with a role; undefined if the instance has none. */
  parameter(role: ParameterRole): Parameter | undefined;
  /** The values that a parameter allows, as text. */
  values(parameter: Parameter | undefined): readonly string[];
  /** The value of a handler that a filter compares: a property, or a field of its settings. */
  compared(filter: string, resource: Readonly<Record<string, unknown>>): unknown;
  /** The form of a flag on the wire. */
  flag(value: boolean): string;
  /** A statement about an operation. If the whole operation is inferred, so are all its statements. */
  statement(operation: Operation, pointer: string, trail?: readonly string[]): Statement;
  /** Pointer to the statement that an operation answers with this status. The body is another statement. */
  status(operation: Operation, status: number): string;
  /** Pointer to the body that an operation answers with this status. */
  body(operation: Operation, status: number): string;
  /** Pointer to an assumption of an operation. */
  assumption(operation: Operation, key: string): string;
}

const models = new WeakMap<Description, Model>();

/** The model of a description. It is made once and cached. */
export function modelOf(description: Description): Model {
  const known = models.get(description);
  if (known !== undefined) return known;
  const model = readModel(description);
  models.set(description, model);
  return model;
}

/** The roles of list parameters that narrow or order the list. */
const narrowing: readonly ParameterRole[] = [
  "filter",
  "search-text",
  "search-property",
  "range-property",
  "range-start",
  "range-end",
  "order-property",
  "order-direction",
];

function readModel(description: Description): Model {
  const roles = rolesOf(description);
  const { list, listByLink } = roles;
  const [read, create, update, remove] = (["read", "create", "update", "delete"] as const).map(
    (kind) => roles.operations(kind)[0],
  );
  const names = Object.fromEntries(roles.properties) as Model["names"];
  const parameter = (role: ParameterRole) => roles.parameters(role)[0];
  const values = (it: Parameter | undefined) =>
    Array.isArray(it?.schema.node.enum) ? it.schema.node.enum.map(String) : [];
  const size = parameter("page-size");
  const moment = parameter("range-start") ?? parameter("range-end");
  const { open } = description.about;
  const statements = new Map<string, Statement>();
  return {
    description,
    roles,
    operations: { list, listByLink, read, create, update, delete: remove },
    names,
    meta: Object.fromEntries(roles.meta) as Model["meta"],
    types: description.handlerTypes,
    open,
    sizes: values(size)
      .map(Number)
      .sort((a, b) => a - b),
    defaultSize: Number(size?.schema.node.default),
    datetime: datetimeFormat(String(roles.schemas.get("created")?.node["x-datetime-format"])),
    queryDatetime: moment && datetimeFormat(String(moment.schema.node["x-datetime-format"])),
    hasFilters: narrowing.some((role) => parameter(role) !== undefined),
    parameter,
    values,
    compared(filter, resource) {
      const property = roles.filters.get(filter) ?? filter;
      return [...roles.properties.values()].includes(property)
        ? resource[property]
        : objectOf(resource[names.settings])?.[property];
    },
    flag: (value) => (value ? "1" : "0"),
    statement(operation, pointer, trail) {
      const key = `${operation.id} ${pointer}`;
      const known = trail === undefined ? statements.get(key) : undefined;
      if (known !== undefined) return known;
      const statement = readStatement(description, operation, pointer, trail);
      if (trail === undefined) statements.set(key, statement);
      return statement;
    },
    status(operation, status) {
      const responses = step(operation.pointer, "responses");
      return operation.responses.has(String(status)) ? step(responses, status) : responses;
    },
    body(operation, status) {
      const response = operation.responses.get(String(status));
      return response === undefined
        ? step(operation.pointer, "responses")
        : step(response.pointer, "content");
    },
    assumption: (operation, key) => step(step(operation.pointer, "x-assumptions"), key),
  };
}

function readStatement(
  description: Description,
  operation: Operation,
  pointer: string,
  trail?: readonly string[],
): Statement {
  const file = `generated/${description.name}/openapi.yaml`;
  const assumed = assumptionAt(description, pointer);
  if (assumed !== undefined) return { file, pointer, evidence: "inferred", assumption: assumed };
  const stated = description.evidence(pointer, trail);
  const whole = description.evidence(operation.pointer);
  const evidence = stated.level !== "inferred" && whole.level === "inferred" ? whole : stated;
  return {
    file,
    pointer,
    evidence: evidence.level,
    ...(evidence.level === "inferred" && { assumption: evidence.assumption }),
  };
}

/** The text of the assumption at a pointer into `x-assumptions`; an assumption is always inferred. */
function assumptionAt(description: Description, pointer: string): string | undefined {
  const [path, key] = pointer.split("/x-assumptions/");
  if (path === undefined || key === undefined) return undefined;
  const operation = description.operations.find((it) => it.pointer === path);
  return operation?.assumptions.get(key);
}

/** A JSON object, or undefined. */
export function objectOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return isNode(value) ? value : undefined;
}
