/** What a list parameter is for. `filter` compares a property of the handler for equality. */
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

/** What a property of the resource is for. */
export type PropertyRole = "id" | "type" | "name" | "settings" | "enabled" | "changed" | "created";

/** What a property of a list's `meta` is for. */
export type MetaRole = "page" | "page-size" | "total" | "total-pages";
