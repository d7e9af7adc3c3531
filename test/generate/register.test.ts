import { afterEach, describe, expect, test, vi } from "vitest";
import { GenerateError, lint } from "../../src/generate/index.ts";
import { changedRegister } from "./register.ts";
import { deriveEntry, plainEntry } from "./source.ts";

afterEach(() => vi.restoreAllMocks());

describe("a mistake in an entry is named, with its place", () => {
  const cases: { mistake: string; entry: Record<string, unknown>; at: string; says: RegExp }[] = [
    {
      mistake: "a type that the contract doesn't know",
      entry: { types: ["email", "webhok"] },
      at: "types/1",
      says: /The contract knows no handler type "webhok"\. Known: email, webhook/,
    },
    {
      mistake: "a type listed twice",
      entry: { types: ["email", "email"] },
      at: "types/1",
      says: /"email" is listed twice/,
    },
    {
      mistake: "no types",
      entry: { types: [] },
      at: "types",
      says: /types must NOT have fewer than 1 items/,
    },
    { mistake: "types in a word", entry: { types: "all" }, at: "types", says: /types/ },
    {
      mistake: "a form of links that nobody has",
      entry: { links: "plane" },
      at: "links",
      says: /no form of links "plane"\. Known: plain, leading-ampersand/,
    },
    { mistake: "no form of links", entry: { links: undefined }, at: "", says: /links is missing/ },
    {
      mistake: "no page",
      entry: { source: undefined },
      at: "",
      says: /source is missing: The documentation page/,
    },
    {
      mistake: "a page without a date",
      entry: { source: { language: "fr" } },
      at: "source",
      says: /seen is missing/,
    },
    {
      mistake: "a day that is in no calendar",
      entry: { source: { language: "fr", seen: "2026-13-01" } },
      at: "source/seen",
      says: /does not exist in the calendar/,
    },
    {
      mistake: "a language that is none",
      entry: { source: { language: "Indonesian", seen: "2026-01-31" } },
      at: "source/language",
      says: /BCP 47/,
    },
    {
      mistake: "the family's base URL",
      entry: { base_url: "https://instance.example/api" },
      at: "base_url",
      says: /changes nothing/,
    },
    {
      mistake: "a slash at the end of the base URL",
      entry: { base_url: "https://sixth.example/api/" },
      at: "base_url",
      says: /without a slash at the end/,
    },
    {
      mistake: "a misspelt option",
      entry: { langauge: "id" },
      at: "langauge",
      says: /Unknown option "langauge"\. Known: base_url, source, types/,
    },
    {
      mistake: "an option of the past",
      entry: { features: ["list-filters"] },
      at: "features",
      says: /Unknown option "features"/,
    },
    {
      mistake: "a filter that the contract doesn't know",
      entry: { filters: ["serach"] },
      at: "filters/0",
      says: /no list filter "serach"\. Known: search, search_by/,
    },
    {
      mistake: "a custom filter that the family has",
      entry: { custom_filters: { search: "name" } },
      at: "custom_filters/search",
      says: /see filters/,
    },
    {
      mistake: "a custom filter of nothing",
      entry: { custom_filters: { owner: "owner_id" } },
      at: "custom_filters/owner",
      says: /compares one of id, name, .*not "owner_id": the sandbox could not serve it/,
    },
    {
      mistake: "a form of datetimes without a filter for them",
      entry: { filter_datetimes: "Y-m-d H:i:s" },
      at: "filter_datetimes",
      says: /changes nothing: none of datetime_start, datetime_end/,
    },
    {
      mistake: "a form of datetimes that can't be read",
      entry: { filters: ["datetime_start"], filter_datetimes: "j.n.y" },
      at: "filter_datetimes",
      says: /PHP's notation/,
    },
    {
      mistake: "a custom type that the family has",
      entry: { custom_types: { slack: [] } },
      at: "custom_types/slack",
      says: /The family has the type "slack": list it under types/,
    },
    {
      mistake: "a field with the name of a property",
      entry: { custom_types: { owl: ["name"] } },
      at: "custom_types/owl/0",
      says: /"name" is a property of every handler/,
    },
    {
      mistake: "a missing field that the family does not have",
      entry: { without_fields: { telegram: ["telegram_chatid"] } },
      at: "without_fields/telegram/0",
      says: /no field of type telegram "telegram_chatid"\. Known: telegram, telegram_chat_id/,
    },
    {
      mistake: "a missing field of a type that the instance lacks",
      entry: { without_fields: { slack: ["slack"] } },
      at: "without_fields/slack",
      says: /not one of this instance's types/,
    },
    {
      mistake: "an extra field that the family has",
      entry: { extra_fields: { telegram: ["telegram"] } },
      at: "extra_fields/telegram/0",
      says: /The family has the field "telegram"/,
    },
    {
      mistake: "an inert field of a type that is allowed",
      entry: { inert_fields: { email: ["email_cc"] } },
      at: "inert_fields/email",
      says: /so its fields do something/,
    },
    {
      mistake: "page sizes that are no numbers",
      entry: { page_sizes: ["many"] },
      at: "page_sizes/0",
      says: /page_sizes.0 must be integer/,
    },
    { mistake: "no page sizes", entry: { page_sizes: [] }, at: "page_sizes", says: /fewer than 1/ },
    {
      mistake: "page sizes that go down",
      entry: { page_sizes: [25, 10] },
      at: "page_sizes",
      says: /ascending/,
    },
    {
      mistake: "page sizes without the default one",
      entry: { page_sizes: [10, 50] },
      at: "page_sizes",
      says: /default page size 25 is not one of the page sizes 10, 50/,
    },
    {
      mistake: "a default page size that may not be asked for",
      entry: { default_page_size: 30 },
      at: "default_page_size",
      says: /30 is not one of the page sizes/,
    },
    { mistake: "page 0", entry: { default_page: 0 }, at: "default_page", says: /must be >= 1/ },
    {
      mistake: "an operation that does not exist",
      entry: { without_operations: ["patchNotificationHandler"] },
      at: "without_operations/0",
      says: /no operation that may be missing "patchNotificationHandler"/,
    },
    {
      mistake: "an instance without a list",
      entry: { without_operations: ["listNotificationHandlers"] },
      at: "without_operations/0",
      says: /no operation that may be missing "listNotificationHandlers"/,
    },
    {
      mistake: "a date that the calendar lacks",
      entry: { source: { language: "fr", seen: "2026-02-30" } },
      at: "source/seen",
      says: /does not exist in the calendar/,
    },
    {
      mistake: "a time that the day lacks",
      entry: {
        source: {
          language: "fr",
          seen: "2026-01-31",
          example: { name: "n", datetime: "2026-01-31 25:00:00" },
        },
      },
      at: "source/example/datetime",
      says: /does not exist in the calendar/,
    },
    {
      mistake: "an address that is none",
      entry: { source: { url: "http://%%%", language: "fr", seen: "2026-01-31" } },
      at: "source/url",
      says: /is not a URL/,
    },
    ...[
      "https://user:secret@sixth.example/api",
      "https://sixth.example/*/api",
      "https://sixth.example/$&/api",
      "https://sixth.example/a/../api",
      "https://sixth.example//api",
    ].map((base_url) => ({
      mistake: `the base URL ${base_url}`,
      entry: { base_url },
      at: "base_url",
      says: /without a slash at the end/,
    })),
    ...["other", "notification", "single", "create", "Email", "internal", "empty"].map((type) => ({
      mistake: `a custom type with a name of the contract, ${type}`,
      entry: { custom_types: { [type]: ["a"] } },
      at: `custom_types/${type}`,
      says: /would be described by \w+, which is a name of the contract/,
    })),
    {
      mistake: "two custom types that would have one name",
      entry: { custom_types: { "push-x": ["a"], push_x: ["b"] } },
      at: "custom_types/push_x",
      says: /name of the contract or of another type/,
    },
    {
      mistake: "a type that every object has",
      entry: { custom_types: { toString: ["a"] } },
      at: "custom_types/toString",
      says: /every JavaScript object has/,
    },
    {
      mistake: "a field that every object has",
      entry: { custom_types: { owl: ["constructor"] } },
      at: "custom_types/owl/0",
      says: /every JavaScript object has/,
    },
    {
      mistake: "a field named as an extension",
      entry: { custom_types: { owl: ["x-role"] } },
      at: "custom_types/owl/0",
      says: /x-role/,
    },
    {
      mistake: "a custom filter of a type that the instance lacks",
      entry: { custom_filters: { tel: "twilio" } },
      at: "custom_filters/tel",
      says: /not "twilio": the sandbox could not serve it/,
    },
    {
      mistake: "a custom filter of a field that the page lacks",
      entry: { without_fields: { telegram: ["telegram"] }, custom_filters: { bot: "telegram" } },
      at: "custom_filters/bot",
      says: /not "telegram"/,
    },
    {
      mistake: "a page size without end",
      entry: { page_sizes: [25, 1e21] },
      at: "page_sizes/1",
      says: /must be <= 1000000/,
    },
    {
      mistake: "a page without end",
      entry: { default_page: 1e30 },
      at: "default_page",
      says: /must be <= 1000000/,
    },
  ];

  test.each(cases)("$mistake", async ({ entry, at, says }) => {
    const options = JSON.parse(JSON.stringify({ ...plainEntry, ...entry }));
    const { problems } = await deriveEntry(options);
    const place = `#/apis/sixth.example/decorators/notification-handlers~1instance${at === "" ? "" : `/${at}`}`;
    expect(problems.map(({ pointer }) => pointer)).toContain(place);
    expect(problems.map(({ message }) => message).join("\n")).toMatch(says);
  });

  test.each([
    "../src/client",
    "a/b",
    ".",
    "",
    "registry.json",
    "client.ts",
    'a"b.example',
    "Sixth.example",
    "__proto__",
    "constructor",
    "123",
  ])("the name %j is none", async (name) => {
    const { problems } = await deriveEntry(plainEntry, name);
    expect(problems.map(({ message }) => message).join()).toMatch(/can't be the name of an instance/);
  });

  test("what collides where it may gets a name of its own", async () => {
    const { problems, about, types } = await deriveEntry({
      ...plainEntry,
      custom_types: { owl: ["a_b", "aB", "a-b", "A_b"] },
      custom_filters: { c_d: "name", cD: "email", "c-d": "telegram", page_filter: "id" },
    });
    expect(problems).toEqual([]);
    expect(about?.fields.owl).toEqual(["a_b", "aB", "a-b", "A_b"]);
    for (const name of ["c_d", "cD", "c-d", "page_filter"]) expect(about?.parameters).toHaveProperty([name]);
    expect(types).toContain('"c-d"?:');
  });

  test("the entry as it is has none", async () => {
    expect((await deriveEntry(plainEntry)).problems).toEqual([]);
  });
});

/** What is thrown and printed when this register is read. */
async function complaint(configPath: string): Promise<string> {
  const printed: string[] = [];
  vi.spyOn(process.stderr, "write").mockImplementation((chunk) => printed.push(String(chunk)) > 0);
  const error = await lint({ configPath }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(GenerateError);
  return `${printed.join("")}\n${(error as Error).message}`;
}

describe("a mistake in redocly.yaml is printed with its line", () => {
  const cases: { mistake: string; from: string | RegExp; to: string; says: RegExp[] }[] = [
    {
      mistake: "a type that the contract doesn't know",
      from: /types: \[email, webhook,/,
      to: "types: [email, webhok,",
      says: [
        /The contract knows no handler type "webhok"/,
        /redocly\.yaml:\d+:\d+ at .*types\/1/,
        /has a problem/,
      ],
    },
    {
      mistake: "the base URL of another instance",
      from: /base_url: https:\/\/(bitpeak\.ru)\/api/,
      to: "base_url: https://DMPILOT.ru:443/api",
      says: [
        /bitpeak\.ru: base_url https:\/\/DMPILOT\.ru:443\/api is also that of dmpilot\.ru\./,
        /redocly\.yaml:\d+:\d+ at .*base_url/,
      ],
    },
    {
      mistake: "an api without the decorator",
      from: "  family:\n",
      to: "  sixth.example:\n    root: openapi/openapi.yaml\n\n  family:\n",
      says: [/apis: sixth\.example has no decorator notification-handlers\/instance/],
    },
    { mistake: "no family", from: "  family:\n", to: "  union:\n", says: [/there is no api named "family"/] },
    {
      mistake: "a misspelt rule",
      from: "notification-handlers/evidence: error",
      to: "notification-handlers/evidnce: error",
      says: [/names rules or decorators that no plugin defines: notification-handlers\/evidnce/],
    },
    {
      mistake: "text that is no YAML",
      from: "language: id",
      to: "language: id: x",
      says: [/redocly\.yaml can't be read: bad indentation/],
    },
  ];

  test.each(cases)("$mistake", async ({ from, to, says }) => {
    const said = await complaint(await changedRegister((text) => text.replace(from, to)));
    for (const pattern of says) expect(said).toMatch(pattern);
  });
});
