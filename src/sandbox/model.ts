import {
  type DatetimeFormat,
  type Description,
  datetimeFormat,
  type Located,
  type Roles,
  rolesOf,
} from "../description/index.ts";
import type { Order } from "./store/index.ts";

/** An instance as the sandbox serves it: its description, with everything worked out that requests need. */
export interface Model {
  readonly description: Description;
  readonly roles: Roles;
  /** Names of the resource's properties. */
  readonly names: Readonly<
    Record<"id" | "type" | "name" | "settings" | "enabled" | "changed" | "created", string>
  >;
  readonly meta: Readonly<Record<"page" | "page-size" | "total" | "total-pages", string>>;
  readonly datetime: DatetimeFormat;
  readonly list: ListModel;
  /** The path of the list as `links` name it, below the base URL. */
  readonly linkPath: string;
}

/** The names of the list parameters by what they do; undefined where the instance has none that does it. */
export interface ListModel {
  readonly page: string;
  readonly pageSize: string;
  readonly searchText: string | undefined;
  readonly filters: Readonly<Record<"type" | "enabled", string | undefined>>;
  readonly range: { readonly property: string; readonly start: string; readonly end: string } | undefined;
  readonly rangeFormat: DatetimeFormat | undefined;
  /** By the value that names the property that the range is of, the first one being the one that is meant without. */
  readonly rangeOf: ReadonlyMap<string, "created" | "changed">;
  readonly orderProperty: string | undefined;
  readonly orderDirection: string | undefined;
  readonly orderOf: ReadonlyMap<string, Order>;
  /** The value that asks for the descending order: the second of the two. */
  readonly descending: string | undefined;
}

/** Throws when the description lacks something that no instance can be served without. */
export function readModel(description: Description): Model {
  const roles = rolesOf(description);
  const names = Object.fromEntries(roles.properties) as Model["names"];
  const byLink = roles.operations("list").find((operation) => !operation.path.endsWith("/"));
  return {
    description,
    roles,
    names,
    meta: Object.fromEntries(roles.meta) as Model["meta"],
    datetime: formatOf(roles.schemas.get("created")),
    list: readList(roles, names),
    linkPath: byLink?.path ?? "",
  };
}

function formatOf(schema: Located | undefined): DatetimeFormat {
  return datetimeFormat(String(schema?.node["x-datetime-format"]));
}

function readList(roles: Roles, names: Model["names"]): ListModel {
  const parameter = (role: Parameters<Roles["parameters"]>[0]) => roles.parameters(role)[0];
  const values = (role: Parameters<Roles["parameters"]>[0]) =>
    (parameter(role)?.schema.node.enum ?? []) as string[];
  const filter = (name: string) => roles.parameters("filter").find((it) => it.name === name)?.name;
  const idParameter = roles.operations("read")[0]?.parameters.find((it) => it.in === "path")?.name;
  const orders: Record<string, Order> = {
    [names.id]: "id",
    [idParameter ?? names.id]: "id",
    [names.name]: "name",
    [names.created]: "created",
    [names.changed]: "changed",
  };
  const property = parameter("range-property");
  const start = parameter("range-start");
  const end = parameter("range-end");
  return {
    page: parameter("page")?.name ?? "",
    pageSize: parameter("page-size")?.name ?? "",
    searchText: parameter("search-text")?.name,
    filters: { type: filter(names.type), enabled: filter(names.enabled) },
    range: property && start && end && { property: property.name, start: start.name, end: end.name },
    rangeFormat: start && formatOf(start.schema),
    rangeOf: new Map(
      values("range-property").map(
        (value) => [value, value === names.changed ? "changed" : "created"] as const,
      ),
    ),
    orderProperty: parameter("order-property")?.name,
    orderDirection: parameter("order-direction")?.name,
    orderOf: new Map(values("order-property").map((value) => [value, orders[value] ?? "id"] as const)),
    descending: values("order-direction")[1],
  };
}
