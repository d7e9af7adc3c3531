import type { ParameterRole } from "../../description/index.ts";
import type { Model } from "../model.ts";
import type { ListQuery } from "../store/index.ts";
import { asking, chosen, type Item } from "./edits.ts";
import type { Fault } from "./fault.ts";

type QueryEdit = (query: ListQuery) => ListQuery;

const has = (role: ParameterRole) => (model: Model) => model.roles.parameters(role).length > 0;
/** Whether a range has seconds: if it covers whole days or minutes, the store can't be asked for a second more or less. */
const hasSeconds = (role: ParameterRole) => (model: Model) =>
  has(role)(model) && model.queryDatetime?.seconds === 1;
const hasFilter = (property: "type" | "enabled") => (model: Model) =>
  model.list.filters[property] !== undefined;

/** A fault that changes the query to the store, for instances with such a parameter. */
function fault(
  name: string,
  appliesTo: (model: Model) => boolean,
  description: string,
  edit: QueryEdit,
): Fault {
  return { name, description, operations: ["list"], appliesTo, store: asking(edit) };
}

/** A fault that changes which handlers a search finds. */
function searching(
  name: string,
  description: string,
  finds: (name: string, search: string) => boolean,
): Fault {
  return {
    name,
    description,
    operations: ["list"],
    appliesTo: has("search-text"),
    store: (store, { model }) => ({
      ...store,
      list: (account, query) => {
        const { search, ...rest } = query;
        if (search === undefined) return store.list(account, query);
        const keep = (it: Item) => finds(String(it[model.names.name]), search);
        return chosen(store, account, rest, keep);
      },
    }),
  };
}

/** Matches like SQL's LIKE, in which `%` and `_` are wildcards. */
function isLike(name: string, search: string): boolean {
  const pattern = search
    .replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
    .replaceAll("%", ".*")
    .replaceAll("_", ".");
  return new RegExp(pattern, "isu").test(name);
}

const inverted: Fault = {
  name: "type-filter-inverted",
  description: "The filter by type lists the handlers of all other types.",
  operations: ["list"],
  appliesTo: hasFilter("type"),
  store: (store, { model }) => ({
    ...store,
    list: (account, query) => {
      const { type, ...rest } = query;
      return type === undefined
        ? store.list(account, query)
        : chosen(store, account, rest, (it) => it[model.names.type] !== type);
    },
  }),
};

const onlyFirst: QueryEdit = (query) => {
  if (query.type !== undefined) return { ...query, enabled: undefined, search: undefined, range: undefined };
  if (query.enabled !== undefined) return { ...query, search: undefined, range: undefined };
  return query.search === undefined ? query : { ...query, range: undefined };
};

const canCombine = (model: Model) =>
  [hasFilter("type"), hasFilter("enabled"), has("search-text"), has("range-start")].filter((is) => is(model))
    .length > 1;

const unfiltered: QueryEdit = ({ order, offset, limit }) => ({ order, offset, limit });

/** The list's filters and orders, where an instance has them. */
export const filterFaults: readonly Fault[] = [
  fault("search-ignored", has("search-text"), "A search finds every handler.", (query) => ({
    ...query,
    search: undefined,
  })),
  searching("search-case-sensitive", "A search is case-sensitive.", (name, search) => name.includes(search)),
  searching("search-prefix-only", "A search finds only names that begin with the text.", (name, search) =>
    name.toLowerCase().startsWith(search.toLowerCase()),
  ),
  searching(
    "search-whole-name-only",
    "A search finds only names that equal the text.",
    (name, search) => name.toLowerCase() === search.toLowerCase(),
  ),
  searching("search-with-wildcards", "A percent sign or an underscore in a search is a wildcard.", isLike),
  searching(
    "search-inverted",
    "A search finds the handlers whose name does not contain the text.",
    (name, search) => !name.toLowerCase().includes(search.toLowerCase()),
  ),
  fault(
    "enabled-filter-ignored",
    hasFilter("enabled"),
    "The enabled filter lists every handler.",
    (query) => ({
      ...query,
      enabled: undefined,
    }),
  ),
  fault(
    "enabled-filter-inverted",
    hasFilter("enabled"),
    "The enabled filter lists the handlers that don't match.",
    (query) => (query.enabled === undefined ? query : { ...query, enabled: !query.enabled }),
  ),
  fault(
    "enabled-filter-ignores-0",
    hasFilter("enabled"),
    "The enabled filter lists every handler when it is 0.",
    (query) => (query.enabled === false ? { ...query, enabled: undefined } : query),
  ),
  fault("type-filter-ignored", hasFilter("type"), "The filter by type lists every handler.", (query) => ({
    ...query,
    type: undefined,
  })),
  inverted,
  fault(
    "other-filters-ignored",
    (model) => model.list.others.size > 0,
    "A filter that only this instance has lists every handler.",
    (query) => ({ ...query, equal: undefined }),
  ),
  fault(
    "range-ignored",
    (model) => has("range-start")(model) || has("range-end")(model),
    "The date range lists every handler.",
    (query) => ({
      ...query,
      range: undefined,
    }),
  ),
  fault("range-start-ignored", has("range-start"), "The start of the date range is ignored.", (query) => ({
    ...query,
    range: query.range && { ...query.range, from: undefined },
  })),
  fault("range-end-ignored", has("range-end"), "The end of the date range is ignored.", (query) => ({
    ...query,
    range: query.range && { ...query.range, to: undefined },
  })),
  fault(
    "range-start-exclusive",
    hasSeconds("range-start"),
    "The start of the date range is exclusive.",
    (query) => ({
      ...query,
      range: query.range && {
        ...query.range,
        from: query.range.from === undefined ? undefined : query.range.from + 1,
      },
    }),
  ),
  fault(
    "range-end-exclusive",
    hasSeconds("range-end"),
    "The end of the date range is exclusive.",
    (query) => ({
      ...query,
      range: query.range && {
        ...query.range,
        to: query.range.to === undefined ? undefined : query.range.to - 1,
      },
    }),
  ),
  fault(
    "range-of-the-other-moment",
    (model) => model.list.rangeOf.size > 1 && (has("range-start")(model) || has("range-end")(model)),
    "The date range uses the time of the last change instead of the creation, and the reverse.",
    (query) => ({
      ...query,
      range: query.range && { ...query.range, of: query.range.of === "created" ? "changed" : "created" },
    }),
  ),
  fault(
    "order-ignored",
    has("order-property"),
    "The list is ordered by id, whatever order was asked for.",
    (query) => ({
      ...query,
      order: { by: "id", descending: query.order.descending },
    }),
  ),
  fault("order-direction-ignored", has("order-direction"), "Every order is ascending.", (query) => ({
    ...query,
    order: { by: query.order.by, descending: false },
  })),
  fault("filters-not-combined", canCombine, "Of several filters, only one takes effect.", onlyFirst),
  {
    name: "filters-not-counted",
    description: "The total of a filtered list counts all handlers.",
    operations: ["list"],
    appliesTo: has("filter"),
    store: (store) => ({
      ...store,
      list: async (account, query) => ({
        rows: (await store.list(account, query)).rows,
        total: (await store.list(account, unfiltered(query))).total,
      }),
    }),
  },
];
