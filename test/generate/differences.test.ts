import { describe, expect, test } from "vitest";
import type { InstanceEntry } from "../../src/description/index.ts";
import type { Json } from "./bundle.ts";
import { filters } from "./facts.ts";
import { deriveEntry, lintDerived, plainEntry } from "./source.ts";

/** A difference between instances: what an entry says, and what comes of it. */
interface Difference {
  name: string;
  entry: Record<string, unknown>;
  /** What the registry says of the instance. */
  about: Partial<InstanceEntry>;
  /** What its types have, and have not. */
  types?: RegExp[];
  lacks?: RegExp[];
  check?: (document: Json) => void;
}

const everyFilter = { filters: Object.keys(filters) };
const schema = (document: Json, name: string): Json => document.components.schemas[name];
const listExample = (document: Json, name: string): Json =>
  document.components.responses.NotificationHandlerList.content["application/json"].examples[name].value;

const differences: Difference[] = [
  {
    name: "one type only",
    entry: { types: ["email"] },
    about: { types: ["email"], fields: { email: ["email"] }, open: false },
    types: [/HandlerType: "email";/],
    check: (document) => {
      expect(Object.keys(schema(document, "UpdateNotificationHandlerKeepingType").properties)).toEqual([
        "name",
        "email",
        "is_enabled",
      ]);
      expect(listExample(document, "every_type").data.map((each: Json) => each.type)).toEqual(["email"]);
    },
  },
  {
    name: "one type without fields only",
    entry: { types: ["internal_notification"] },
    about: { types: ["internal_notification"], fields: { internal_notification: [] } },
    check: (document) => {
      expect(
        document.components.responses.NotificationHandlerList.content["application/json"].examples,
      ).not.toHaveProperty("documented");
    },
  },
  {
    name: "types that the family doesn't have, with and without fields",
    entry: { custom_types: { owl: ["owl_topic"], pager: [] } },
    about: { types: ["email", "webhook", "telegram", "owl", "pager"], open: false },
    types: [/type: "owl"/, /owl_topic\?: components/, /type: "pager"/],
    check: (document) => {
      expect(schema(document, "CreateOwlNotificationHandler").properties).toHaveProperty("owl_topic");
      expect(schema(document, "UpdateNotificationHandlerKeepingType").properties).toHaveProperty("owl_topic");
      expect(listExample(document, "every_type").data.map((each: Json) => each.type)).toContain("owl");
    },
  },
  {
    name: "a type list that the page doesn't show",
    entry: { types: "unknown" },
    about: { open: true },
    types: [/OtherHandlerType: string/, /CreateOtherNotificationHandler/],
  },
  {
    name: "a missing and an extra field",
    entry: {
      without_fields: { telegram: ["telegram_chat_id"] },
      extra_fields: { telegram: ["telegram_thread"], email: ["email_cc"] },
    },
    about: {
      fields: {
        email: ["email", "email_cc"],
        webhook: ["webhook"],
        telegram: ["telegram", "telegram_thread"],
      },
    },
    types: [/email_cc\?/, /telegram_thread\?/],
    lacks: [/telegram_chat_id/],
    check: (document) => {
      const example = document.components.examples.CreateTelegramExample.value;
      expect(Object.keys(example)).toEqual(["type", "name", "telegram", "telegram_thread"]);
    },
  },
  {
    name: "a field of a type that has none else",
    entry: { without_fields: { webhook: ["webhook"] } },
    about: { fields: { email: ["email"], webhook: [], telegram: ["telegram", "telegram_chat_id"] } },
    check: (document) => {
      expect(schema(document, "CreateWebhookNotificationHandler").description).not.toMatch(/Each field/);
    },
  },
  {
    name: "fields that are documented for a type that is not allowed",
    entry: { inert_fields: { x: ["x_consumer_key"] } },
    about: { inertFields: { x: ["x_consumer_key"] } },
    lacks: [/x_consumer_key\?/],
    check: (document) => {
      const { "inert-fields-of-x": told } = document.paths["/notification-handlers"].post["x-assumptions"];
      expect(told).toContain("x_consumer_key for the type x");
    },
  },
  {
    name: "no filters",
    entry: {},
    about: { filters: {}, filterDatetimeFormat: null },
    lacks: [/order_by/, /FilterDatetime/],
  },
  {
    name: "six filters",
    entry: { filters: ["search", "search_by", "is_enabled", "type", "order_by", "order_type"] },
    about: { filters: { is_enabled: "is_enabled", type: "type" }, filterDatetimeFormat: null },
    types: [/order_by\?/, /search\?/],
    lacks: [/datetime_start/],
  },
  {
    name: "nine filters",
    entry: everyFilter,
    about: { filterDatetimeFormat: "d-m-Y H:i:s" },
    types: [/datetime_start\?/],
  },
  ...everyFilter.filters.map(
    (filter): Difference => ({
      name: `the filter ${filter} alone`,
      entry: { filters: [filter] },
      about: {},
      types: [new RegExp(`${filter}\\?`)],
      lacks: everyFilter.filters
        .filter(
          (other) => other !== filter && !["type", "is_enabled"].includes(other) && !filter.startsWith(other),
        )
        .map((other) => new RegExp(`^ +${other}\\?:`, "m")),
    }),
  ),
  {
    name: "filters that nobody has yet",
    entry: { custom_filters: { title: "name", address: "email", number: "id" } },
    about: { filters: { title: "name", address: "email", number: "id" } },
    types: [/title\?/, /address\?/, /number\?/],
  },
  {
    name: "datetimes in filters with the year first",
    entry: { ...everyFilter, filter_datetimes: "Y-m-d H:i:s" },
    about: { filterDatetimeFormat: "Y-m-d H:i:s" },
    check: (document) => {
      const { pattern, description, examples } = schema(document, "FilterDatetime");
      expect(new RegExp(pattern).test(examples[0])).toBe(true);
      expect(examples[0]).toMatch(/^\d{4}-/);
      expect(description).toContain("YYYY-MM-DD HH:MM:SS");
    },
  },
  {
    name: "dates alone in filters",
    entry: { ...everyFilter, filter_datetimes: "Y-m-d" },
    about: { filterDatetimeFormat: "Y-m-d" },
    types: [/filterDatetime: `\$\{number\}-\$\{number\}-\$\{number\}`/],
    check: (document) => {
      const { pattern, description, examples } = schema(document, "FilterDatetime");
      expect(new RegExp(pattern).test(examples[0])).toBe(true);
      expect(examples[0]).toMatch(/^\d{4}-\d\d-\d\d$/);
      expect(description).toBe(
        "A time as `YYYY-MM-DD`, in UTC: a range begins with its first second, and ends with its last.",
      );
    },
  },
  {
    name: "other page sizes, default and first page",
    entry: { page_sizes: [5, 20, 200], default_page_size: 20, default_page: 2 },
    about: {
      parameters: { page: { default: 2 }, results_per_page: { values: ["5", "20", "200"], default: 20 } },
    },
    types: [/ResultsPerPage: 5 \| 20 \| 200/],
    check: (document) => expect(listExample(document, "every_type").meta.results_per_page).toBe(20),
  },
  {
    name: "a page smaller than the number of types",
    entry: { page_sizes: [2], default_page_size: 2 },
    about: {},
    check: (document) => {
      expect(listExample(document, "every_type")).toMatchObject({
        data: [{ type: "email" }, { type: "webhook" }],
        meta: { results_per_page: 2, total: 3, total_pages: 2 },
        links: { next: "https://sixth.example/api/notification-handlers?page=2" },
      });
    },
  },
  {
    name: "the other form of links",
    entry: { links: "leading-ampersand" },
    about: { pageQuery: "?&page=" },
    check: (document) =>
      expect(listExample(document, "every_type").links.self).toMatch(/notification-handlers\?&page=1$/),
  },
  {
    name: "a base URL with a path before /api",
    entry: { base_url: "https://sixth.example/push/api" },
    about: { baseUrl: "https://sixth.example/push/api" },
    check: (document) =>
      expect(listExample(document, "empty").links.self).toMatch(/^https:\/\/sixth\.example\/push\/api\//),
  },
  {
    name: "a list without the slash",
    entry: { trailing_slash: false },
    about: { listPath: "/notification-handlers" },
    check: (document) => {
      expect(Object.keys(document.paths)).not.toContain("/notification-handlers/");
      expect(document.paths["/notification-handlers"].get.operationId).toBe("listNotificationHandlers");
    },
  },
  ...[
    "updateNotificationHandler",
    "deleteNotificationHandler",
    "getNotificationHandler",
    "createNotificationHandler",
  ].map(
    (operation): Difference => ({
      name: `no ${operation}`,
      entry: { without_operations: [operation] },
      about: {},
      lacks: [new RegExp(`${operation}: \\{`)],
      check: (document) => {
        const { Created: created } = document.components.responses;
        const targets = Object.values<Json>(created?.links ?? {}).map(({ operationId }) => operationId);
        expect(targets).not.toContain(operation);
      },
    }),
  ),
  {
    name: "a language of any kind",
    entry: { source: { language: "pt-BR", seen: "2026-01-31" } },
    about: { language: "pt-BR" },
    check: (document) => expect(document.externalDocs.description).toContain("Brazilian Portuguese"),
  },
];

describe("every difference between instances has an expression in redocly.yaml", () => {
  test.each(differences)("$name", async ({ entry, about: wanted, types = [], lacks = [], check }) => {
    const derived = await deriveEntry({ ...plainEntry, ...entry });
    expect(derived.problems).toEqual([]);
    expect(derived.about).toMatchObject(wanted);
    for (const pattern of types) expect(derived.types).toMatch(pattern);
    for (const pattern of lacks) expect(derived.types).not.toMatch(pattern);
    check?.(derived.document);
    expect(
      (await lintDerived(derived.document)).map(({ ruleId, message }) => `${ruleId}: ${message}`),
    ).toEqual([]);
    const internal = JSON.stringify(derived.document).match(
      /"x-(role|feature|instance|language|link-form|page-query)"/,
    );
    expect(internal).toBeNull();
  });
});
