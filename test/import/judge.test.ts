import { expect, test } from "vitest";
import { contractKnowledge } from "../../src/import/index.ts";
import { judge } from "../../src/import/judge.ts";
import { type Edit, factsWith } from "./small-page.ts";

const knowledge = contractKnowledge();

test("the contract knows all that the page says", () => {
  expect(judge(factsWith(), knowledge)).toEqual([]);
});

const differs = "and not like this in the form of";

/** What a page says, and what is told of it: level, kind, message and line. */
test.each<[string, Edit, ...[level: string, kind: string, message: string, line: number | null][]]>([
  [
    "a type that is unknown",
    ({ create, update }) => {
      create!.types!.value.push("owl");
      update!.types!.value.push("owl");
    },
    ["unknown", "unknown-type", "The contract has no type owl.", 76],
  ],
  [
    "a field that its type lacks",
    ({ create, update }) => {
      create!.fields[3]!.name = "owl";
      update!.fields[3]!.name = "owl";
    },
    ["unknown", "unknown-field", "The contract's type telegram has no field owl.", 78],
  ],
  [
    "a parameter that is unknown",
    ({ parameters }) => {
      parameters[0]!.name = "constructor";
    },
    ["unknown", "unknown-parameter", "The contract has no list parameter constructor.", 13],
  ],
  [
    "other values of a filter",
    ({ parameters }) => {
      parameters.push({ ...parameters[0]!, name: "order_type", type: "string", enum: ["ASC"], line: 15 });
    },
    ["unknown", "unknown-values", "order_type takes ASC; the contract knows ASC, DESC.", 15],
  ],
  [
    "values of a filter in another order",
    ({ parameters }) => {
      parameters.push({ ...parameters[0]!, name: "order_type", type: "string", enum: ["DESC", "ASC"] });
    },
  ],
  [
    "a filter by other types than those of the page",
    ({ parameters }) => {
      parameters.push({ ...parameters[0]!, name: "type", type: "string", enum: ["email", "x"], line: 15 });
    },
    ["unknown", "unknown-values", "type takes email, x; the page's types are email, telegram.", 15],
  ],
  [
    "page sizes, and values of a boolean, which are its own",
    ({ parameters }) => {
      parameters[1]!.enum = [1, 2];
      parameters.push({ ...parameters[0]!, name: "is_enabled", type: "boolean", enum: [1] });
    },
  ],
  [
    "a format where the contract has no datetimes",
    ({ parameters }) => {
      parameters.push({ ...parameters[0]!, name: "search", type: "string", format: "Y-m-d", line: 15 });
    },
    ["unknown", "unknown-format", "The contract has no datetimes in search: Y-m-d.", 15],
  ],
  [
    "a property that is unknown",
    ({ exampleKeys }) => {
      exampleKeys.handler[0]!.value = "total";
      exampleKeys.read[0]!.value = "next";
      exampleKeys.meta[0]!.value = "id";
      exampleKeys.links[0]!.value = "total";
    },
    ["unknown", "unknown-property", "The contract has no property total there.", 20],
    ["unknown", "unknown-property", "The contract has no property next there.", 58],
    ["unknown", "unknown-property", "The contract has no property id there.", 32],
    ["unknown", "unknown-property", "The contract has no property total there.", 38],
  ],
  ...["05.12.2025 14:25:37", "2025-12-05 14:25:37Z", "x2025-12-05 14:25:37", "2025-12-05T14:25:37"].map(
    (value): [string, Edit, [string, string, string, number]] => [
      `datetimes as ${value}`,
      ({ datetimes }) => {
        datetimes[1]!.value = value;
      },
      ["unknown", "unknown-datetimes", `The contract's datetimes are not like ${value}.`, 66],
    ],
  ),
  [
    "links of an unknown form",
    ({ pageQueries }) => {
      for (const each of pageQueries) each.value = "?p=";
    },
    ["unknown", "unknown-links", "The contract has no form of links like ?p=1.", 38],
  ],
  [
    "links that differ",
    ({ pageQueries }) => {
      pageQueries[2]!.value = "?&page=";
    },
    ["odd", "links-differ", "This link has ?&page=, the first one ?page=.", 42],
  ],
  [
    "no links",
    (facts) => {
      facts.pageQueries = [];
    },
  ],
  [
    "an operation that is unknown",
    ({ otherOperations }) => {
      otherOperations.push({ value: "PATCH /x", line: 99 });
    },
    ["unknown", "unknown-operation", "The contract has no operation PATCH /x.", 99],
  ],
  [
    "another method of update",
    ({ sections }) => {
      sections.update!.value.method = "PUT";
    },
    ["unknown", "unknown-operation", "The contract updates with POST, the page with PUT.", 99],
  ],
  [
    "no update",
    (facts) => {
      delete facts.sections.update;
      facts.update = null;
    },
  ],
  [
    "rows without the labels of others",
    ({ parameters, create, update }) => {
      for (const each of [parameters[0]!, create!.fields[0]!, update!.fields[0]!])
        Object.assign(each, { required: null, type: null });
    },
    ["odd", "unknown-labels", "The labels of page are not those of other rows.", 13],
    ["odd", "unknown-labels", "The labels of name are not those of other rows.", 75],
    ["odd", "unknown-labels", "The labels of name are not those of other rows.", 103],
  ],
  [
    "one label, which may be all that a page has",
    ({ create, update }) => {
      create!.fields[0]!.type = null;
      update!.fields[0]!.required = null;
    },
  ],
  [
    "no labels at all",
    ({ labels, parameters }) => {
      Object.assign(labels, { optional: [], required: [], types: { string: [] } });
      Object.assign(parameters[0]!, { required: null, type: null });
    },
  ],
  [
    "a row without labels, where others have their type alone",
    ({ labels, parameters }) => {
      labels.optional = [];
      Object.assign(parameters[0]!, { required: null, type: null });
    },
    ["odd", "unknown-labels", "The labels of page are not those of other rows.", 13],
  ],
  [
    "another need",
    ({ parameters, create }) => {
      parameters[0]!.required = true;
      create!.fields[0]!.required = false;
    },
    ["unknown", "other-need", "page is required here, and not in the contract.", 13],
    ["unknown", "other-need", "name is optional here, and not in the contract.", 75],
  ],
  [
    "another type",
    ({ update }) => {
      update!.fields[5]!.type = "string";
    },
    ["unknown", "other-type", "is_enabled is of type string here, in the contract of type boolean.", 108],
  ],
  [
    "a field without a name",
    ({ create }) => {
      Object.assign(create!.fields[3]!, { name: undefined, nameFrom: undefined });
    },
    ["odd", "missing-name", "The name of this field is missing, and nothing tells it.", 78],
    ["odd", "field-differs", `undefined stands here, ${differs} update.`, 78],
    ["odd", "field-differs", `telegram stands here, ${differs} create.`, 106],
  ],
  [
    "a field without a name in its row",
    ({ create }) => {
      create!.fields[3]!.nameFrom = "sample";
      create!.fields[4]!.nameFrom = "contract";
    },
    ["odd", "missing-name", "The name of this field is missing; it is telegram, says the sample.", 78],
    [
      "odd",
      "missing-name",
      "The name of this field is missing; it is telegram_chat_id, says the contract.",
      79,
    ],
  ],
  [
    "fields of a type that the page does not allow",
    ({ create, update }) => {
      for (const form of [create!, update!]) {
        form.types!.value = ["email", "telegram", "internal_notification"];
        form.fields[2]!.condition = ["email", "slack"];
      }
    },
    ["unknown", "unknown-field", "The contract's type slack has no field email.", 77],
    ["odd", "inert-field", "email is for type slack, which the page does not allow.", 77],
  ],
  [
    "a field without a name, of a type that the page does not allow",
    ({ create, update }) => {
      for (const form of [create!, update!])
        Object.assign(form.fields[4]!, { name: undefined, nameFrom: undefined, condition: ["slack"] });
    },
    ["odd", "missing-name", "The name of this field is missing, and nothing tells it.", 79],
    ["odd", "inert-field", "This field is for type slack, which the page does not allow.", 79],
  ],
  [
    "a type without its fields",
    ({ create, update }) => {
      create!.types!.value.push("slack", "internal_notification");
      update!.types!.value.push("slack", "internal_notification");
    },
    ["odd", "type-without-fields", "The page allows slack and documents no field for it.", 76],
  ],
  [
    "rows of types that list none",
    ({ create, update }) => {
      create!.types!.value = [];
      update!.types!.value = [];
    },
    ["odd", "no-types", "The row of types lists none.", 76],
  ],
  [
    "no rows of types",
    ({ create, update }) => {
      create!.types = null;
      update!.types = null;
    },
  ],
  [
    "types that differ",
    ({ update }) => {
      update!.types!.value = ["email", "slack"];
    },
    ["odd", "types-differ", "Updates take the types email, slack, creates email, telegram.", 104],
  ],
  [
    "a row twice, the same and not",
    ({ parameters }) => {
      const [page] = parameters;
      parameters.push({ ...page!, line: 15 }, { ...page!, default: 2, line: 16 });
    },
    ["odd", "repeated-row", "page stands at line 13 already.", 15],
    ["odd", "repeated-row-differs", "page says another thing at line 13.", 16],
  ],
  [
    "a comma that nothing follows",
    ({ trailingComma }) => {
      trailingComma!.value = true;
    },
    ["odd", "trailing-comma", "The JSON has a comma that nothing follows: no parser takes it.", 17],
  ],
  [
    "a field for other types in update",
    ({ update }) => {
      update!.fields[2]!.condition = ["email", "telegram"];
    },
    ["odd", "field-differs", `email stands here, ${differs} update.`, 77],
    ["odd", "field-differs", `email stands here, ${differs} create.`, 105],
  ],
  [
    "no form of create",
    (facts) => {
      facts.create = null;
    },
  ],
  [
    "parts that were not seen",
    (facts) => {
      Object.assign(facts, { isComplete: false, missing: ["the one", "the other"] });
    },
    ["missing", "incomplete", "The page is not whole: the one, the other not seen.", null],
  ],
])("%s", (_, edit, ...told) => {
  expect(judge(factsWith(edit), knowledge)).toEqual(
    told.map(([level, kind, message, line]) => ({ kind, level, message, line })),
  );
});

/** Formats of the two ends of a range, and what is told of them. */
test.each<[start: string | null, end: string | null, ...[kind: string, message: string, line: number][]]>([
  [
    "d-m-Y H:i:s",
    "d-m-Y H:i:s",
    ["datetimes-differ", "Filters want datetimes as d-m-Y H:i:s, answers have the year first.", 15],
  ],
  ["Y-m-d", "Y-m-d"],
  ["YYYY-MM-DD", "YYYY-MM-DD"],
  [null, null],
  [
    "Y-m-d",
    "d-m-Y",
    [
      "unknown-format",
      "The contract has no datetimes like d-m-Y for datetime_end: the entry leaves it out.",
      16,
    ],
  ],
])("filters from %s to %s", (start, end, ...told) => {
  const facts = factsWith(({ parameters }) => {
    const row = { ...parameters[0]!, type: "string" as const, default: null };
    parameters.push({ ...row, name: "datetime_start", format: start, line: 15 });
    parameters.push({ ...row, name: "datetime_end", format: end, line: 16 });
  });
  const found = judge(facts, knowledge).map(({ kind, message, line }) => [kind, message, line]);
  expect(found).toEqual(told);
});

test("what an instance is registered with is known of it alone", () => {
  const facts = factsWith(({ create, update, parameters }) => {
    for (const form of [create!, update!]) {
      form.types!.value.push("owl");
      form.fields[3]!.name = "telegram_topic";
    }
    parameters.push({ ...parameters[0]!, name: "topic" });
  });
  const kinds = (own: object) => judge(facts, knowledge, own).map(({ kind }) => kind);
  const all = ["unknown-type", "unknown-field", "unknown-parameter"];
  expect(kinds({})).toEqual(all);
  expect(kinds({ custom_types: { owl: ["owl"] } })).toEqual(all.slice(1));
  expect(kinds({ extra_fields: { telegram: ["telegram_topic"] } })).toEqual([all[0], all[2]]);
  expect(kinds({ custom_filters: { topic: "topic" } })).toEqual(all.slice(0, 2));
});
