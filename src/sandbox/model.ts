import {
  type Model as CommonModel,
  type DatetimeFormat,
  type Description,
  datetimeFormat,
  type Located,
  list,
  modelOf,
  type Parameter,
  type ParameterRole,
  type PropertyRole,
  type Roles,
} from "../description/index.ts";
import type { Order } from "./store/index.ts";

/** The description contains something that the sandbox can't serve. The message names it. */
export class SandboxModelError extends Error {
  constructor({ name }: Description, what: string) {
    super(`The sandbox can't serve ${name}: ${what}.`);
    this.name = "SandboxModelError";
  }
}

/** An instance as the sandbox serves it, with everything that lists need. */
export interface Model extends CommonModel {
  readonly list: ListModel;
  /** The names of form fields that all types have: type, name, and the flag whether the handler is enabled. */
  readonly common: ReadonlySet<string>;
}

/**
 * The names of the list parameters by function; undefined if the instance has none with that function. Each may exist without the others.
 */
export interface ListModel {
  readonly page: string;
  readonly pageSize: string;
  readonly searchText: string | undefined;
  readonly filters: Readonly<Record<"type" | "enabled", string | undefined>>;
  /** Filters by another property, or by a field of the settings: the path in the handler, by the filter's name. */
  readonly others: ReadonlyMap<string, readonly string[]>;
  readonly rangeProperty: string | undefined;
  readonly rangeStart: Moment | undefined;
  readonly rangeEnd: Moment | undefined;
  /** By value of the parameter that chooses the property of the range. */
  readonly rangeOf: ReadonlyMap<string, "created" | "changed">;
  /** The property of the range if none is chosen: the first possible one. */
  readonly rangeUsually: "created" | "changed";
  readonly orderProperty: string | undefined;
  readonly orderDirection: string | undefined;
  readonly orderOf: ReadonlyMap<string, Order>;
  /** The value for descending order: the second of the two. */
  readonly descending: string | undefined;
}

/** A list parameter that is a datetime. */
interface Moment {
  readonly name: string;
  readonly format: DatetimeFormat;
}

/**
 * Throws SandboxModelError for a list parameter, or a value of one, that the sandbox does not support: everything in the contract must be
 * served. Throws another error if the description lacks something that every instance needs.
 */
export function readModel(description: Description): Model {
  const model = modelOf(description);
  const { names } = model;
  return {
    ...model,
    list: readList(model),
    common: new Set([names.type, names.name, names.enabled]),
  };
}

function formatOf(schema: Located | undefined): DatetimeFormat {
  return datetimeFormat(String(schema?.node["x-datetime-format"]));
}

function readList({ description, roles, names, parameter, values }: CommonModel): ListModel {
  refuseUnknown(description, roles);
  const moment = (it: Parameter | undefined) => it && { name: it.name, format: formatOf(it.schema) };
  /** The meaning of each value of a parameter. */
  const meanings = <T>(role: ParameterRole, meaning: (value: string) => T | undefined): Map<string, T> => {
    const said = parameter(role);
    return new Map(
      values(said).map((value) => {
        const meant = meaning(value);
        if (meant === undefined)
          throw new SandboxModelError(description, `it does not know what ${said?.name}=${value} means`);
        return [value, meant] as const;
      }),
    );
  };
  const property = (value: string) => [...roles.properties].find(([, name]) => name === value)?.[0];
  const filters = [...roles.filters].map(([name, of]) => ({ name, of, role: property(of) }));
  const filter = (role: PropertyRole) => filters.find((it) => it.role === role)?.name;
  meanings("search-property", (value) => (value === names.name ? value : undefined));
  const rangeOf = meanings("range-property", (value) => {
    const role = property(value);
    return role === "created" || role === "changed" ? role : undefined;
  });
  const directions = [...meanings("order-direction", (value) => value)].map(([value]) => value);
  return {
    page: parameter("page")?.name ?? "",
    pageSize: parameter("page-size")?.name ?? "",
    searchText: parameter("search-text")?.name,
    filters: { type: filter("type"), enabled: filter("enabled") },
    others: new Map(
      filters
        .filter(({ role }) => role !== "type" && role !== "enabled")
        .map(({ name, of, role }) => [name, placeOf(description, roles, names, { name, of, role })]),
    ),
    rangeProperty: parameter("range-property")?.name,
    rangeStart: moment(parameter("range-start")),
    rangeEnd: moment(parameter("range-end")),
    rangeOf,
    rangeUsually: [...rangeOf.values()][0] ?? "created",
    orderProperty: parameter("order-property")?.name,
    orderDirection: parameter("order-direction")?.name,
    orderOf: meanings("order-property", (value): Order | undefined => {
      // Outside of a handler, the name of its id says whose id it is: `notification_handler_id` for `id`.
      const role = value.endsWith(`_${names.id}`) ? "id" : property(value);
      return role === "id" || role === "name" || role === "created" || role === "changed" ? role : undefined;
    }),
    descending: directions[1],
  };
}

/** Refuses parameters of unknown function, which would silently be ignored. */
function refuseUnknown(description: Description, { list: { parameters }, filters }: Roles): void {
  const unknown = parameters
    .filter((it) => it.in === "query" && !filters.has(it.name))
    .map(({ name }) => name)
    .filter((name) => (description.roleNames.parameters[name] ?? "filter") === "filter");
  if (unknown.length > 0)
    throw new SandboxModelError(description, `nothing says what its list parameter ${list(unknown)} is for`);
}

interface Filter {
  readonly name: string;
  readonly of: string;
  readonly role: PropertyRole | undefined;
}

/** The path in a handler that a filter compares. */
function placeOf(description: Description, roles: Roles, names: Model["names"], filter: Filter): string[] {
  const { name, of, role } = filter;
  if (role === "id" || role === "name") return [of];
  const isField = [...roles.fields.values()].some((fields) => fields.includes(of));
  if (role === undefined && (isField || roles.resource.open !== undefined)) return [names.settings, of];
  throw new SandboxModelError(
    description,
    `its list parameter ${name} compares ${of}, which is no field of a handler, nor its id, name, type or whether it is enabled`,
  );
}
