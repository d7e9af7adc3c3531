import { type DatetimeFormat, datetimeFormat } from "./datetime.ts";
import type { Description } from "./description.ts";
import { isNode, step } from "./nodes.ts";
import type { Operation, Parameter } from "./operations.ts";
import type { ParameterRole, PropertyRole } from "./role-names.ts";
import { type Roles, rolesOf } from "./roles.ts";
import type { Statement } from "./statement.ts";

/** An instance as those see it who serve or check it: its description, with everything that they need found by what it is for. */
export interface Model {
  readonly description: Description;
  readonly roles: Roles;
  /** Undefined where the instance has no such operation. */
  readonly operations: {
    /** The list as the pages document it. */
    readonly list: Operation;
    /** The list as links name it; the same where there is one form only. */
    readonly listByLink: Operation;
    readonly read: Operation | undefined;
    readonly create: Operation | undefined;
    readonly update: Operation | undefined;
    readonly delete: Operation | undefined;
  };
  /** Names of the resource's properties. */
  readonly names: Readonly<Record<PropertyRole, string>>;
  readonly meta: Readonly<Record<"page" | "page-size" | "total" | "total-pages", string>>;
  /** The types that the instance is known to have. */
  readonly types: readonly string[];
  /** Whether it may have others. */
  readonly open: boolean;
  /** Page sizes that may be asked for, ascending. */
  readonly sizes: readonly number[];
  readonly defaultSize: number;
  readonly datetime: DatetimeFormat;
  /** The form of datetimes in queries, where the instance has any. */
  readonly queryDatetime: DatetimeFormat | undefined;
  /** Whether the list takes anything besides its pages: filters, a search, a range, an order. */
  readonly filters: boolean;
  /** The one parameter of a role; undefined where the instance has none. */
  parameter(role: ParameterRole): Parameter | undefined;
  /** The values that a parameter allows, as text. */
  values(parameter: Parameter | undefined): readonly string[];
  /** What a filter compares: a property of the handler, or a field of its settings. */
  compared(filter: string, resource: Readonly<Record<string, unknown>>): unknown;
  /** The form of a flag on the wire. */
  flag(value: boolean): string;
  /** A statement about an operation. Of an operation that is inferred as a whole, all statements are. */
  statement(operation: Operation, pointer: string, trail?: readonly string[]): Statement;
  /** Pointer of the statement that an operation answers with that status. Which body comes with it is another statement. */
  status(operation: Operation, status: number): string;
  /** Pointer of the body that an operation answers with that status. */
  body(operation: Operation, status: number): string;
  /** Pointer of an assumption that an operation makes. */
  assumption(operation: Operation, key: string): string;
}

const models = new WeakMap<Description, Model>();

/** The model of a description, made once. */
export function modelOf(description: Description): Model {
  const known = models.get(description);
  if (known !== undefined) return known;
  const model = readModel(description);
  models.set(description, model);
  return model;
}

/** What a list parameter can be for besides pages. */
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
    filters: narrowing.some((role) => parameter(role) !== undefined),
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

/** The sentence at a pointer into `x-assumptions`, which is inferred by its nature. */
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
