/** The roles of list parameters. A `filter` compares a property of the handler for equality. */
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

/** The roles of the resource's properties. */
export type PropertyRole = "id" | "type" | "name" | "settings" | "enabled" | "changed" | "created";

/** The roles of the properties of a list's `meta`. */
export type MetaRole = "page" | "page-size" | "total" | "total-pages";
