import { createDescription, type Description } from "../../src/description/index.ts";
import { derivedBundles, type Entry } from "../derived.ts";
import { filters as facts } from "../generate/facts.ts";

/** An instance that differs from the family in one way, as its entry in redocly.yaml would say it. */
export interface Shape {
  readonly name: string;
  readonly entry: Entry;
}

/** This many types, with names that the family does not have. */
export function customTypes(count: number): Record<string, string[]> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `channel_${index}`,
      index % 3 === 0 ? [] : [`channel_${index}_url`],
    ]),
  );
}

const filters = Object.keys(facts);

/** Every difference that an entry can express, one at a time, and some combinations. */
export const shapes: readonly Shape[] = [
  { name: "one type", entry: { types: ["email"] } },
  { name: "one type without fields", entry: { types: ["internal_notification"] } },
  { name: "11 types", entry: { custom_types: customTypes(9) } },
  { name: "20 types and all filters", entry: { custom_types: customTypes(18), filters } },
  { name: "types unknown", entry: { types: "unknown", filters: ["type"] } },
  { name: "one form of the list", entry: { trailing_slash: false } },
  ...filters.map((filter) => ({ name: `${filter} alone`, entry: { filters: [filter] } })),
  { name: "six filters", entry: { filters: filters.filter((it) => !it.startsWith("datetime")) } },
  {
    name: "a range without the name of its datetime",
    entry: { filters: ["datetime_start", "datetime_end"] },
  },
  { name: "an end with the name of its datetime", entry: { filters: ["datetime_field", "datetime_end"] } },
  { name: "a filter of a property", entry: { custom_filters: { title: "name" } } },
  {
    name: "a filter of a field",
    entry: { custom_filters: { address: "email" }, filters: ["is_enabled", "search"] },
  },
  { name: "a filter by id", entry: { custom_filters: { id: "id" } } },
  { name: "other datetimes in filters", entry: { filters, filter_datetimes: "Y-m-d H:i:s" } },
  { name: "dates alone in filters", entry: { filters, filter_datetimes: "Y-m-d" } },
  {
    name: "a range of days that names no datetime",
    entry: { filters: ["datetime_start", "datetime_end"], filter_datetimes: "d.m.Y" },
  },
  { name: "other page sizes", entry: { page_sizes: [10, 25], default_page_size: 10 } },
  { name: "small pages and many types", entry: { page_sizes: [10, 25], custom_types: customTypes(18) } },
  { name: "one page size", entry: { page_sizes: [20], default_page_size: 20 } },
  { name: "another default page", entry: { default_page: 2 } },
  { name: "no read", entry: { without_operations: ["getNotificationHandler"] } },
  { name: "no create", entry: { without_operations: ["createNotificationHandler"] } },
  { name: "no update", entry: { without_operations: ["updateNotificationHandler"], filters } },
  { name: "no delete", entry: { without_operations: ["deleteNotificationHandler"], filters } },
  {
    name: "nothing but the list",
    entry: {
      trailing_slash: false,
      without_operations: [
        "getNotificationHandler",
        "createNotificationHandler",
        "updateNotificationHandler",
        "deleteNotificationHandler",
      ],
    },
  },
];

/** What the project derives for shapes, by name: for all at once, as if redocly.yaml listed them. */
export async function deriveShapes(wanted: readonly Shape[]): Promise<ReadonlyMap<string, Description>> {
  const hosts = wanted.map(({ name, entry }, index) => ({ name, entry, host: `shape-${index}.example` }));
  const entries = hosts.map(
    ({ host, entry }) => [host, { base_url: `https://${host}/api`, ...entry }] as const,
  );
  const bundles = await derivedBundles(Object.fromEntries(entries));
  return new Map(
    hosts.map(({ name, host }) => {
      const bundle = bundles.get(host);
      if (bundle === undefined) throw new Error(`Nothing was derived for ${name}.`);
      const { document, ...surroundings } = bundle;
      return [name, createDescription(document, surroundings)];
    }),
  );
}
