import { expect, test } from "vitest";
import { entryOf } from "../../src/import/entry.ts";
import { contractKnowledge } from "../../src/import/index.ts";
import { type Edit, factsWith } from "./small-page.ts";

const knowledge = contractKnowledge();
const entry = (edit?: Edit) => JSON.parse(JSON.stringify(entryOf(factsWith(edit), knowledge)));
const usual = entry();
/** A property by which the family doesn't filter. */
const unfiltered =
  [...knowledge.comparable].find((name) => !Object.hasOwn(knowledge.family.parameters, name)) ?? "";

test("a page gives the entry of its instance", () => {
  expect(usual).toEqual({
    base_url: "https://panel.example/api",
    source: {
      language: "en",
      seen: "2025-12-05",
      example: { name: "Work email", datetime: "2025-12-05 14:25:37" },
    },
    types: ["email", "telegram"],
    links: "plain",
  });
});

const { source } = usual;
const datetime = "2025-12-05 14:25:37";

/** What a page says otherwise, and what its entry then has otherwise; undefined: no more. */
test.each<[string, Edit, object]>([
  [
    "no address, and no language",
    (facts) => Object.assign(facts, { baseUrl: null, language: null }),
    { base_url: null, source: { ...source, language: undefined } },
  ],
  [
    "the address of the page",
    (facts) => Object.assign(facts, { url: "https://panel.example/docs" }),
    { source: { ...source, url: "https://panel.example/docs" } },
  ],
  ...["file:///docs", "https://panel.example/a b", "see https://panel.example", "https://"].map(
    (url): [string, Edit, object] => [
      `the address ${url}, which is none`,
      (facts) => Object.assign(facts, { url }),
      {},
    ],
  ),
  [
    "an example without a name",
    ({ example }) => delete example.name,
    { source: { ...source, example: { datetime } } },
  ],
  [
    "a name that turns the text round",
    ({ example }) => Object.assign(example, { name: { value: "a\u202Eb", line: 1 } }),
    { source: { ...source, example: { datetime } } },
  ],
  ...["05.12.2025 14:25:37", `x${datetime}`, `${datetime}Z`].map((value): [string, Edit, object] => [
    `the datetime ${value}`,
    ({ example }) => Object.assign(example, { datetime: { value, line: 1 } }),
    { source: { language: "en", example: { name: "Work email" } } },
  ]),
  ["no example", (facts) => Object.assign(facts, { example: {} }), { source: { language: "en" } }],
  ["no links", (facts) => Object.assign(facts, { pageQueries: [] }), { links: null }],
  [
    "links of an unknown form",
    ({ pageQueries }) => Object.assign(pageQueries[0]!, { value: "?p=" }),
    { links: null },
  ],
  [
    "types that are its own",
    ({ create }) => {
      create!.types!.value.push("owl", "pager");
      create!.fields.push({ ...create!.fields[2]!, name: "owl_topic", condition: ["owl"] });
    },
    { custom_types: { owl: ["owl_topic"], pager: [] } },
  ],
  [
    "only types that are its own",
    ({ create }) => {
      create!.types!.value = ["owl"];
      create!.fields = [];
    },
    { types: "unknown", custom_types: { owl: [] } },
  ],
  [
    "fewer fields, and more",
    ({ create }) => {
      create!.fields[4]!.name = "telegram_topic";
    },
    { without_fields: { telegram: ["telegram_chat_id"] }, extra_fields: { telegram: ["telegram_topic"] } },
  ],
  [
    "a field twice",
    ({ create }) => {
      create!.fields.push(create!.fields[2]!);
    },
    {},
  ],
  [
    "fields of a type that it does not allow",
    ({ create }) => {
      create!.types!.value = ["email"];
    },
    { types: ["email"], inert_fields: { telegram: ["telegram", "telegram_chat_id"] } },
  ],
  [
    "fields of no type, one of them without a name",
    ({ create }) => {
      create!.fields.push({ ...create!.fields[0]!, name: "topic" }, { ...create!.fields[0]!, name: "topic" });
      create!.fields.push(
        { ...create!.fields[0]!, name: undefined },
        { ...create!.fields[0]!, name: "is_enabled" },
      );
    },
    { untyped_fields: ["topic"] },
  ],
  [
    "no types, but fields of a known type and of another",
    ({ create }) => {
      create!.types = null;
      create!.fields = [
        { ...create!.fields[2]!, name: "cc", condition: ["email"] },
        { ...create!.fields[2]!, name: "owl_topic", condition: ["owl"] },
      ];
    },
    {
      types: "unknown",
      custom_types: { owl: ["owl_topic"] },
      without_fields: { email: ["email"] },
      extra_fields: { email: ["cc"] },
    },
  ],
  ["no form of create: that of update", (facts) => Object.assign(facts, { create: null }), {}],
  [
    "filters of the family, and its own by what handlers have",
    ({ parameters }) => {
      for (const name of ["search", "is_enabled", unfiltered, "email", "owl"])
        parameters.push({ ...parameters[0]!, name });
    },
    { filters: ["search", "is_enabled"], custom_filters: { [unfiltered]: unfiltered, email: "email" } },
  ],
  [
    "page sizes, and defaults",
    ({ parameters }) => {
      parameters[0]!.default = 2;
      Object.assign(parameters[1]!, { enum: [20, 5, "all"], default: 5 });
    },
    { page_sizes: [5, 20], default_page_size: 5, default_page: 2 },
  ],
  [
    "neither sizes nor defaults",
    ({ parameters }) => {
      parameters[0]!.default = "one";
      Object.assign(parameters[1]!, { enum: [], default: "some" });
    },
    {},
  ],
  ["no parameters", (facts) => Object.assign(facts, { parameters: [] }), {}],
  [
    "a list without the slash",
    ({ sections }) => {
      sections.list!.value.hasSlash = false;
    },
    { trailing_slash: false },
  ],
  [
    "no sections but the last",
    ({ sections }) => {
      for (const kind of ["list", "read", "update"] as const) delete sections[kind];
    },
    { without_operations: ["getNotificationHandler", "updateNotificationHandler"] },
  ],
  // It may be cut off there.
  ["no last section", ({ sections }) => delete sections.delete, {}],
  ["no sections", (facts) => Object.assign(facts, { sections: {} }), {}],
])("%s", (_, edit, change) => {
  expect(entry((draft) => void edit(draft))).toEqual({ ...usual, ...change });
});

test.each([
  ["d-m-Y H:i:s", undefined],
  ["Y-m-d", "Y-m-d"],
  ["dd.mm.yyyy hh:mm", "d.m.Y H:i"],
  ["YYYY/MM/DD HH:MM:SS", "Y/m/d H:i:s"],
])("filters take datetimes as %s", (format, option) => {
  const found = entry(({ parameters }) => {
    for (const name of ["datetime_start", "datetime_end"])
      parameters.push({ ...parameters[0]!, name, format });
  });
  expect(found).toEqual({
    ...usual,
    filters: ["datetime_start", "datetime_end"],
    ...(option && { filter_datetimes: option }),
  });
});

test("a filter whose datetimes an entry can't express is left out", () => {
  const found = entry(({ parameters }) => {
    parameters.push({ ...parameters[0]!, name: "datetime_start", format: "j.n.y" });
    parameters.push({ ...parameters[0]!, name: "search", format: "j.n.y" });
  });
  expect(found).toEqual({ ...usual, filters: ["search"] });
});
