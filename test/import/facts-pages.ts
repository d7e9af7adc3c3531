import { facts, filters, shared } from "../generate/facts.ts";
import type { ListRow, PageOf } from "./pages.ts";

/** What a page of one of the five instances says: no more is known of it than the facts. */
export function pageOf(name: string): PageOf {
  const { baseUrl, types, fields, inertFields, listParameters, firstPageUrl, datetime } = facts[name]!;
  const shown = Object.entries({ ...fields, ...inertFields }).filter(([, names]) => names.length > 0);
  return {
    baseUrl,
    types,
    fields: Object.fromEntries(shown),
    list: listParameters.map((each) => listRow(each)),
    pageQuery: /\?.*=/.exec(firstPageUrl)?.[0] ?? "",
    datetime,
    hasTrailingComma: name.length % 2 === 0,
  };
}

function listRow(name: string): ListRow {
  const { page, results_per_page: size } = shared;
  if (name === "page") return { name, type: "integer", default: page.default };
  if (name === "results_per_page")
    return { name, type: "integer", values: size.values, default: size.default };
  const values = filters[name]?.values;
  return {
    name,
    type: name === "is_enabled" ? "boolean" : "string",
    ...(values && { values }),
    ...(/_(start|end)$/.test(name) && { format: "d-m-Y H:i:s" }),
  };
}
