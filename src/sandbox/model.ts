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

/** A description that has something which the sandbox can't serve. The message names it. */
export class SandboxModelError extends Error {
  constructor({ name }: Description, what: string) {
    super(`The sandbox can't serve ${name}: ${what}.`);
    this.name = "SandboxModelError";
  }
}

/** An instance as the sandbox serves it: with everything worked out that lists need. */
export interface Model extends CommonModel {
  readonly list: ListModel;
  /** The names of a form that are never a field of a type: type, name, and the flag whether the handler is enabled. */
  readonly common: ReadonlySet<string>;
  /** The path of the list as `links` name it, below the base URL. */
  readonly linkPath: string;
}

/** The names of the list parameters by what they do; undefined where the instance has none that does it. Each may be there alone. */
export interface ListModel {
  readonly page: string;
  readonly pageSize: string;
  readonly searchText: string | undefined;
  readonly filters: Readonly<Record<"type" | "enabled", string | undefined>>;
  /** Filters that compare another property, or a field of the settings: where in the handler each looks, by the filter's name. */
  readonly others: ReadonlyMap<string, readonly string[]>;
  readonly rangeProperty: string | undefined;
  readonly rangeStart: Moment | undefined;
  readonly rangeEnd: Moment | undefined;
  /** By the value that names the property that the range is of. */
  readonly rangeOf: ReadonlyMap<string, "created" | "changed">;
  /** What the range is of where no property is named: the first that may be. */
  readonly rangeUsually: "created" | "changed";
  readonly orderProperty: string | undefined;
  readonly orderDirection: string | undefined;
  readonly orderOf: ReadonlyMap<string, Order>;
  /** The value that asks for the descending order: the second of the two. */
  readonly descending: string | undefined;
}

/** A list parameter that takes a moment. */
interface Moment {
  readonly name: string;
  readonly format: DatetimeFormat;
}

/**
 * Throws SandboxModelError for a list parameter, or a value of one, that would be ignored here: what the contract states is served. Throws
 * another error when the description lacks something that no instance can be served without.
 */
export function readModel(description: Description): Model {
  const model = modelOf(description);
  const { roles, names } = model;
  return {
    ...model,
    list: readList(description, roles, names),
    common: new Set([names.type, names.name, names.enabled]),
    linkPath: roles.listByLink.path,
  };
}

function formatOf(schema: Located | undefined): DatetimeFormat {
  return datetimeFormat(String(schema?.node["x-datetime-format"]));
}

function readList(description: Description, roles: Roles, names: Model["names"]): ListModel {
  refuseUnknown(description, roles);
  const parameter = (role: ParameterRole) => roles.parameters(role)[0];
  const moment = (it: Parameter | undefined) => it && { name: it.name, format: formatOf(it.schema) };
  /** What each value of a parameter stands for. */
  const meanings = <T>(role: ParameterRole, meaning: (value: string) => T | undefined): Map<string, T> => {
    const { name = "", schema } = parameter(role) ?? {};
    const values = (schema?.node.enum ?? []) as string[];
    return new Map(
      values.map((value) => {
        const meant = meaning(value);
        if (meant === undefined)
          throw new SandboxModelError(description, `it does not know what ${name}=${value} means`);
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
      // The name of the id where it is not within a handler says whose it is, too: `notification_handler_id` for `id`.
      const role = value.endsWith(`_${names.id}`) ? "id" : property(value);
      return role === "id" || role === "name" || role === "created" || role === "changed" ? role : undefined;
    }),
    descending: directions[1],
  };
}

/** What a parameter is for has to be known: what is for nothing would be ignored in silence. */
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

/** Where in a handler a filter looks. */
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
