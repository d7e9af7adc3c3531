import { expect, test } from "vitest";
import { differences } from "../../src/import/differences.ts";
import { type Edit, factsWith } from "./small-page.ts";

const before = factsWith();

test("a page does not differ from itself", () => {
  expect(differences(before, before)).toEqual([]);
});

/** Where a page changes, and what is told of it: kind, message and line. */
test.each<[string, Edit, ...[kind: string, message: string, line: number | null][]]>([
  [
    "another address",
    (now) => {
      now.baseUrl!.value = "https://other.example/api";
    },
    ["base-url", "The API is at https://other.example/api; it was at https://panel.example/api.", 3],
  ],
  [
    "no address, of which nothing is told",
    (now) => {
      now.baseUrl = null;
    },
  ],
  [
    "another method",
    (now) => {
      now.sections.update!.value.method = "PUT";
    },
    ["endpoint", "update is PUT, without a slash at the end; it was POST, without a slash at the end.", 99],
  ],
  [
    "a path without its slash",
    (now) => {
      now.sections.list!.value.hasSlash = false;
    },
    ["endpoint", "list is GET, without a slash at the end; it was GET, with a slash at the end.", 3],
  ],
  [
    "no section in the middle: the line is where the next one begins",
    (now) => {
      delete now.sections.update;
    },
    ["section-missing", "The section that documents update is gone.", 127],
  ],
  [
    "no section at the end",
    (now) => {
      delete now.sections.delete;
    },
    ["section-missing", "The section that documents delete is gone.", null],
  ],
  [
    "another operation in place of one",
    (now) => {
      delete now.sections.update;
      now.otherOperations.push({ value: "PATCH /x", line: 99 });
    },
    ["section-missing", "PATCH /x stands where update stood.", 99],
  ],
  [
    "another operation in place of the last one",
    (now) => {
      delete now.sections.delete;
      now.otherOperations.push({ value: "PURGE /x", line: 127 });
    },
    ["section-missing", "PURGE /x stands where delete stood.", 127],
  ],
  ...[
    ["before it", 71],
    ["behind it", 127],
  ].map(([where, line]): [string, Edit, [string, string, number]] => [
    `no section, and another operation ${where}`,
    (now) => {
      delete now.sections.update;
      now.otherOperations.push({ value: "PATCH /x", line: Number(line) });
    },
    ["section-missing", "The section that documents update is gone.", 127],
  ]),
  [
    "a row that is new",
    ({ parameters }) => {
      parameters.push({ ...parameters[0]!, name: "search", line: 15 });
    },
    ["row-added", "search is new (list).", 15],
  ],
  [
    "a row that is gone: the line is that of the next one",
    ({ parameters }) => {
      parameters.shift();
    },
    ["row-removed", "page is gone (list).", 14],
  ],
  [
    "a last row that is gone: the line is the one below",
    ({ parameters }) => {
      parameters.pop();
    },
    ["row-removed", "results_per_page is gone (list).", 14],
  ],
  [
    "no row at all",
    (now) => {
      now.parameters = [];
    },
    ["row-removed", "page is gone (list).", 1],
    ["row-removed", "results_per_page is gone (list).", 1],
  ],
  [
    "a row of another name",
    ({ parameters }) => {
      parameters[1]!.name = "size";
    },
    ["renamed", "size stands where results_per_page stood (list).", 14],
  ],
  [
    "a field whose name is gone",
    ({ create }) => {
      create!.fields[3]!.name = undefined;
    },
    ["renamed", "a row without a name stands where telegram stood (create).", 78],
  ],
  [
    "a row twice",
    ({ parameters }) => {
      parameters.push({ ...parameters[0]!, line: 15 });
    },
    ["row-added", "page is new (list).", 15],
  ],
  [
    "a need",
    ({ create }) => {
      create!.fields[0]!.required = false;
    },
    ["required", "name: required is false; it was true.", 75],
  ],
  [
    "a type, in update alone",
    ({ update }) => {
      update!.fields[5]!.type = "string";
    },
    ["type", "is_enabled: type is string; it was boolean.", 108],
  ],
  [
    "labels that say nothing any more",
    ({ create }) => {
      Object.assign(create!.fields[2]!, { required: null, type: null });
    },
    ["labels", "email: its labels are not those of other rows any more.", 77],
  ],
  [
    "a label that says nothing any more",
    ({ create }) => {
      create!.fields[2]!.required = null;
    },
    ["required", "email: required is not said; it was false.", 77],
  ],
  [
    "values, a default and a format",
    ({ parameters }) => {
      Object.assign(parameters[0]!, { enum: [1, 2], default: 2, format: "Y-m-d" });
    },
    ["enum", "page: enum is 1, 2; it was not said.", 13],
    ["default", "page: default is 2; it was 1.", 13],
    ["format", "page: format is Y-m-d; it was not said.", 13],
  ],
  [
    "a condition",
    ({ update }) => {
      update!.fields[3]!.condition = ["email", "telegram"];
    },
    ["condition", "telegram: condition is email, telegram; it was telegram.", 106],
  ],
  [
    "the types of create",
    ({ create }) => {
      create!.types!.value = ["email"];
    },
    ["types", "The types are email; they were email, telegram (create).", 76],
  ],
  [
    "no form, of which nothing is told beside its section",
    (now) => {
      now.create = null;
    },
  ],
  [
    "no row of types",
    ({ update }) => {
      update!.types = null;
    },
  ],
  [
    "the form of links",
    ({ pageQueries }) => {
      pageQueries[1]!.value = "?p=";
    },
    ["links", "Links have ?p=; they had ?page=.", 39],
  ],
  [
    "a link more of the same form",
    ({ pageQueries }) => {
      pageQueries.push({ value: "?page=", line: 43 });
    },
  ],
  [
    "the form of datetimes",
    ({ datetimes }) => {
      datetimes[1]!.value = "05.12.2025 14:25:37";
    },
    ["datetimes", "Datetimes are like 05.12.2025 14:25:37; they were like 2025-12-05 14:25:37.", 66],
  ],
  [
    "another moment",
    ({ datetimes }) => {
      datetimes[0]!.value = "2026-01-01 00:00:00";
    },
  ],
  [
    "a property of the JSON",
    ({ exampleKeys }) => {
      exampleKeys.meta[0]!.value = "number";
      exampleKeys.read.pop();
    },
    ["renamed", "number stands where page stood (JSON, meta).", 32],
    ["row-removed", "datetime is gone (JSON, read).", 66],
  ],
  [
    "no JSON of an object, of which nothing is told",
    ({ exampleKeys }) => {
      exampleKeys.links = [];
    },
  ],
  [
    "a comma that nothing follows",
    ({ trailingComma }) => {
      trailingComma!.value = true;
    },
    ["trailing-comma", "The JSON has a comma that nothing follows.", 17],
  ],
  [
    "no whole JSON",
    (now) => {
      now.trailingComma = null;
    },
  ],
  [
    "several things, in the order of the page",
    (now) => {
      now.datetimes[0]!.value = "now";
      now.sections.list!.value.method = "POST";
      now.parameters[0]!.default = 0;
    },
    ["endpoint", "list is POST, with a slash at the end; it was GET, with a slash at the end.", 3],
    ["default", "page: default is 0; it was 1.", 13],
    ["datetimes", "Datetimes are like now; they were like 2025-12-05 14:25:37.", 28],
  ],
])("%s", (_, edit, ...told) => {
  expect(differences(factsWith(edit), before)).toEqual(
    told.map(([kind, message, line]) => ({ kind, level: "differs", message, line })),
  );
});

/** What a page had not before. */
test.each<[string, Edit, ...[kind: string, message: string, line: number | null][]]>([
  [
    "an address",
    (old) => {
      old.baseUrl = null;
    },
    ["base-url", "The API is at https://panel.example/api; it was at no known address.", 3],
  ],
  [
    "a section",
    (old) => {
      delete old.sections.read;
    },
    ["section-added", "The page documents read now.", 47],
  ],
  [
    "a form, of which nothing is told beside its section",
    (old) => {
      old.update = null;
    },
  ],
  [
    "a name of a field",
    ({ create }) => {
      create!.fields[3]!.name = undefined;
    },
    ["renamed", "telegram stands where a row without a name stood (create).", 78],
  ],
  [
    "a row fewer without a name",
    ({ create }) => {
      create!.fields.push({ ...create!.fields[3]!, name: undefined });
    },
    ["row-removed", "A row without a name is gone (create).", 80],
  ],
  [
    "labels",
    ({ create }) => {
      Object.assign(create!.fields[2]!, { required: null, type: null });
    },
    ["required", "email: required is false; it was not said.", 77],
    ["type", "email: type is string; it was not said.", 77],
  ],
  [
    "JSON without the comma",
    ({ trailingComma }) => {
      trailingComma!.value = true;
    },
    ["trailing-comma", "The JSON has no such comma any more.", 17],
  ],
  [
    "links and datetimes, which can't differ from none",
    (old) => {
      old.pageQueries = [];
      old.datetimes = [];
    },
  ],
])("%s", (_, edit, ...told) => {
  expect(differences(before, factsWith(edit))).toEqual(
    told.map(([kind, message, line]) => ({ kind, level: "differs", message, line })),
  );
});

test("an operation that was there before takes no section's place", () => {
  const other: Edit = (draft) => {
    draft.otherOperations.push({ value: "PATCH /x", line: 99 });
  };
  const now = factsWith((draft) => {
    other(draft);
    delete draft.sections.update;
  });
  expect(differences(now, factsWith(other)).map(({ message }) => message)).toEqual([
    "The section that documents update is gone.",
  ]);
});
