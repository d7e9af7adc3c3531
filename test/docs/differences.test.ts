import { describe, expect, test } from "vitest";
import { type InstanceEntry, instanceEntry, instanceNames } from "../../src/description/index.ts";
import { differencesOf } from "../../src/docs/assets/rules.js";

/** An instance that has a little of everything. */
const base: InstanceEntry = {
  baseUrl: "https://one.example/api",
  language: "en",
  source: null,
  types: ["mail", "hook"],
  open: false,
  fields: { mail: ["mail_to"], hook: ["hook_url"] },
  inertFields: {},
  operations: ["listAll", "listByLink", "getOne", "updateOne"],
  listPath: "/handlers/",
  parameters: {
    page: { default: 1 },
    size: { values: ["10", "25"], default: 25 },
    kind: { values: ["mail", "hook"] },
    since: { format: "d-m-Y H:i:s" },
  },
  filters: { kind: "type" },
  pageQuery: "?page=",
  responseDatetimeFormat: "Y-m-d H:i:s",
  filterDatetimeFormat: "d-m-Y H:i:s",
};

const told = (from: InstanceEntry, to: InstanceEntry) =>
  differencesOf(from, to).map(({ weight, kind, subject }) => `${weight} ${kind}: ${subject}`);

test.each<[name: string, change: Partial<InstanceEntry>, there: string[], back: string[]]>([
  [
    "names, base URLs, languages and sources",
    { baseUrl: "https://two.example/api", language: "de", source: { language: "de", seen: "2026-01-01" } },
    [],
    [],
  ],
  [
    "a type",
    {
      types: ["mail"],
      fields: { mail: ["mail_to"] },
      parameters: { ...base.parameters, kind: { values: ["mail"] } },
    },
    ["major removed: type `hook`"],
    ["major added: type `hook`"],
  ],
  [
    "any type",
    { open: true },
    ["major added: types that are not listed"],
    ["major removed: types that are not listed"],
  ],
  [
    "any type, one of them without its name",
    { open: true, types: ["mail"], fields: { mail: ["mail_to"] } },
    ["major added: types that are not listed"],
    ["major removed: types that are not listed", "minor added: type `hook`"],
  ],
  [
    "a field",
    { fields: { ...base.fields, mail: [] } },
    ["major removed: field `mail_to` of `mail`"],
    ["minor added: field `mail_to` of `mail`"],
  ],
  [
    "a field that does nothing",
    { inertFields: { pager: ["pager_id"] } },
    ["patch added: field `pager_id` without its type `pager`"],
    ["patch removed: field `pager_id` without its type `pager`"],
  ],
  [
    "an operation",
    { operations: ["listAll", "listByLink", "getOne"] },
    ["major removed: operation `updateOne`"],
    ["minor added: operation `updateOne`"],
  ],
  [
    "which path of the list is documented",
    { listPath: "/handlers" },
    ["patch changed: the list is at `/handlers`, not at `/handlers/`"],
    ["patch changed: the list is at `/handlers/`, not at `/handlers`"],
  ],
  [
    "where the list is, and that it is at one path only",
    { listPath: "/handlers", operations: base.operations.filter((id) => id !== "listByLink") },
    ["major changed: the list is at `/handlers`, not at `/handlers/`"],
    ["patch changed: the list is at `/handlers/`, not at `/handlers`"],
  ],
  [
    "a parameter",
    { parameters: { ...base.parameters, order: {} } },
    ["minor added: query parameter `order`"],
    ["major removed: query parameter `order`"],
  ],
  [
    "values of a parameter",
    { parameters: { ...base.parameters, size: { values: ["25", "50"], default: 25 } } },
    [
      "major removed: value `10` of query parameter `size`",
      "minor added: value `50` of query parameter `size`",
    ],
    [
      "major removed: value `50` of query parameter `size`",
      "minor added: value `10` of query parameter `size`",
    ],
  ],
  [
    "a default",
    { parameters: { ...base.parameters, page: { default: 0 } } },
    ["major changed: query parameter `page` defaults to `0`, not to `1`"],
    ["major changed: query parameter `page` defaults to `1`, not to `0`"],
  ],
  [
    "a default, and none",
    { parameters: { ...base.parameters, page: {} } },
    ["major changed: query parameter `page` has no default instead of `1`"],
    ["major changed: query parameter `page` defaults to `1` instead of nothing"],
  ],
  [
    "the form of datetimes in filters",
    { parameters: { ...base.parameters, since: { format: "Y-m-d H:i:s" } } },
    ["major changed: query parameter `since` is `Y-m-d H:i:s`, not `d-m-Y H:i:s`"],
    ["major changed: query parameter `since` is `d-m-Y H:i:s`, not `Y-m-d H:i:s`"],
  ],
  [
    "what a filter compares",
    { filters: { kind: "name" } },
    ["major changed: query parameter `kind` compares `name`, not `type`"],
    ["major changed: query parameter `kind` compares `type`, not `name`"],
  ],
  [
    "the form of links",
    { pageQuery: "?&page=" },
    ["major changed: links of page 1 end in `?&page=1`, not in `?page=1`"],
    ["major changed: links of page 1 end in `?page=1`, not in `?&page=1`"],
  ],
  [
    "the form of datetimes in answers",
    { responseDatetimeFormat: "d.m.Y" },
    ["major changed: datetimes in answers are `d.m.Y`, not `Y-m-d H:i:s`"],
    ["major changed: datetimes in answers are `Y-m-d H:i:s`, not `d.m.Y`"],
  ],
])("%s: what is different is told in both directions", (_name, change, there, back) => {
  const other = { ...base, ...change };
  expect(told(base, other)).toEqual(there);
  expect(told(other, base)).toEqual(back);
});

test("every difference says what it does to a client, and the heaviest come first", () => {
  const other = { ...base, types: ["mail", "chat"], inertFields: { pager: ["pager_id"] }, operations: ["x"] };
  const found = differencesOf(base, other);
  expect(new Set(found.map(({ weight }) => weight))).toEqual(new Set(["major", "minor", "patch"]));
  const weights = found.map(({ weight }) => ["major", "minor", "patch"].indexOf(weight));
  expect(weights).toEqual([...weights].sort());
  for (const { effect } of found) expect(effect).toMatch(/^[A-Z].*\.$/);
});

describe.each(instanceNames)("%s", (name) => {
  const entry = instanceEntry(name);

  test("does not differ from itself", () => expect(differencesOf(entry, entry)).toEqual([]));

  test("lacks what another has more of, and the other way round", () => {
    for (const other of instanceNames.map(instanceEntry)) {
      const there = differencesOf(entry, other);
      const back = differencesOf(other, entry);
      const subjects = (list: typeof there, kind: string) =>
        list.filter((each) => each.kind === kind).map(({ subject }) => subject);
      expect(subjects(there, "removed").sort()).toEqual(subjects(back, "added").sort());
      expect(subjects(there, "changed").length).toBe(subjects(back, "changed").length);
    }
  });
});
