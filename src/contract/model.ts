import {
  type DatetimeFormat,
  type Description,
  datetimeFormat,
  familyName,
  isNode,
  loadDescription,
  type Operation,
  type Parameter,
  type ParameterRole,
  type PropertyRole,
  type Roles,
  rolesOf,
  step,
} from "../description/index.ts";
import type { Statement } from "./finding.ts";

/** An instance as the checks see it: its description, with everything that they need found by what it is for. */
export interface Model {
  readonly description: Description;
  readonly roles: Roles;
  readonly operations: {
    /** The list as the pages document it. */
    readonly list: Operation;
    /** The list as links name it. */
    readonly listByLink: Operation;
    readonly read: Operation;
    readonly create: Operation;
    readonly update: Operation;
    readonly delete: Operation;
  };
  /** Names of the resource's properties. */
  readonly names: Readonly<Record<PropertyRole, string>>;
  readonly meta: Readonly<Record<"page" | "page-size" | "total" | "total-pages", string>>;
  readonly types: readonly string[];
  /** A type that the family has and this instance lacks. */
  readonly lacking: string | undefined;
  /** Page sizes that may be asked for, ascending. */
  readonly sizes: readonly number[];
  readonly defaultSize: number;
  readonly datetime: DatetimeFormat;
  /** The form of datetimes in queries, where the instance has any. */
  readonly queryDatetime: DatetimeFormat | undefined;
  /** Whether the list can be filtered. */
  readonly filters: boolean;
  /** The one parameter of a role; undefined where the instance has none. */
  parameter(role: ParameterRole): Parameter | undefined;
  /** The values that a parameter allows, as text. */
  values(parameter: Parameter | undefined): readonly string[];
  /** The form of a flag on the wire. */
  flag(value: boolean): string;
  /** Pointer of the schema of flags on the wire. */
  readonly flagPointer: string;
  statement(pointer: string, trail?: readonly string[]): Statement;
  /** Pointer of the description of an operation's answer with that status. */
  answer(operation: Operation, status: number): string;
  /** Pointer of an assumption that an operation makes. */
  assumption(operation: Operation, key: string): string;
}

const models = new WeakMap<Description, Model>();

/** The model of a description, made once. Throws when the description lacks an operation that the checks are about. */
export function modelOf(description: Description): Model {
  const known = models.get(description);
  if (known !== undefined) return known;
  const model = readModel(description);
  models.set(description, model);
  return model;
}

function readModel(description: Description): Model {
  const roles = rolesOf(description);
  const first = (kind: Parameters<Roles["operations"]>[0], index = 0): Operation => {
    const operation = roles.operations(kind)[index];
    if (operation === undefined) throw new Error(`${description.name} has no operation to ${kind}.`);
    return operation;
  };
  const parameter = (role: ParameterRole) => roles.parameters(role)[0];
  const values = (it: Parameter | undefined) =>
    Array.isArray(it?.schema.node.enum) ? it.schema.node.enum.map(String) : [];
  const size = parameter("page-size");
  const start = parameter("range-start");
  const statements = new Map<string, Statement>();
  return {
    description,
    roles,
    operations: {
      list: first("list"),
      listByLink: first("list", 1),
      read: first("read"),
      create: first("create"),
      update: first("update"),
      delete: first("delete"),
    },
    names: Object.fromEntries(roles.properties) as Model["names"],
    meta: Object.fromEntries(roles.meta) as Model["meta"],
    types: [...roles.create.byValue.keys()],
    lacking: loadDescription(familyName).handlerTypes.find((it) => !roles.create.byValue.has(it)),
    sizes: values(size)
      .map(Number)
      .sort((a, b) => a - b),
    defaultSize: Number(size?.schema.node.default),
    datetime: datetimeFormat(String(roles.schemas.get("created")?.node["x-datetime-format"])),
    queryDatetime: start && datetimeFormat(String(start.schema.node["x-datetime-format"])),
    filters: roles.parameters("filter").length > 0,
    parameter,
    values,
    flagPointer:
      [...roles.update.byValue.values()][0]?.properties.get(roles.properties.get("enabled") ?? "")?.pointer ??
      roles.update.pointer,
    flag: (value) => (value ? "1" : "0"),
    statement(pointer, trail) {
      const known = trail === undefined ? statements.get(pointer) : undefined;
      if (known !== undefined) return known;
      const statement = readStatement(description, pointer, trail);
      if (trail === undefined) statements.set(pointer, statement);
      return statement;
    },
    answer: (operation, status) =>
      operation.responses.get(String(status))?.pointer ?? step(operation.pointer, "responses"),
    assumption: (operation, key) => step(step(operation.pointer, "x-assumptions"), key),
  };
}

function readStatement(description: Description, pointer: string, trail?: readonly string[]): Statement {
  const file = `generated/${description.name}/openapi.yaml`;
  const assumed = assumptionAt(description, pointer);
  if (assumed !== undefined) return { file, pointer, evidence: "inferred", assumption: assumed };
  const evidence = description.evidence(pointer, trail);
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
