import { describe, expect, test } from "vitest";
import { type Candidate, wordsOf } from "../../src/import/candidate.ts";
import { contractKnowledge } from "../../src/import/index.ts";
import { type Labels, labelled, learnLabels } from "../../src/import/labels.ts";

const knowledge = contractKnowledge();

/** Rows of a table, whose cells are separated by pipes. */
const rows = (section: Candidate["section"], texts: readonly string[]): Candidate[] =>
  texts.map((text, line) => {
    const [name, ...cells] = text.split("|");
    return { section, line, name, isHeading: false, isRow: true, ...wordsOf(cells) };
  });
const wholeOf = (text: string, required: boolean, type = "string") => ({
  words: text.split(" "),
  meaning: { required, type },
});

/** Rows of create and update, the labels that follow, and how many of their statements those explain. */
test.each<[string, string[], string[], Partial<Labels> & object, number]>([
  [
    "two labels in a cell",
    ["name|Req Str|-", "email|Opt Str|x"],
    ["is_enabled|Opt Bool|z"],
    { optional: ["Opt"], required: ["Req"], types: { string: ["Str"], boolean: ["Bool"] } },
    6,
  ],
  [
    "the type first",
    ["name|Str Req|-", "email|Str Opt|x"],
    ["is_enabled|Bool Opt|z"],
    { optional: ["Opt"], required: ["Req"], types: { string: ["Str"], boolean: ["Bool"] }, typeFirst: true },
    6,
  ],
  [
    "a cell for each label",
    ["name|Req|Str|a", "email|Opt|Str|b"],
    ["is_enabled|Opt|Bool|b"],
    { optional: ["Opt"], required: ["Req"], types: { string: ["Str"], boolean: ["Bool"] } },
    6,
  ],
  [
    "labels of two words, one of which they share",
    ["name|Must have Str|-", "email|Can have Str|x"],
    ["is_enabled|Can have Bool|z"],
    { optional: ["Can", "have"], required: ["Must", "have"], types: { string: ["Str"], boolean: ["Bool"] } },
    6,
  ],
  [
    "one type alone",
    ["name|Req Str|-", "type|Req Str|-", "email|Opt Str|x", "slack|Opt Str|y"],
    [],
    {
      optional: ["Opt"],
      required: ["Req"],
      types: { string: ["Str"] },
      whole: [wholeOf("Opt Str", false), wholeOf("Req Str", true)] as Labels["whole"],
    },
    8,
  ],
  [
    "one type alone, first",
    ["name|Str Req|-", "email|Str Opt|x"],
    [],
    {
      optional: ["Opt"],
      required: ["Req"],
      types: { string: ["Str"] },
      typeFirst: true,
      whole: [wholeOf("Str Opt", false), wholeOf("Str Req", true)] as Labels["whole"],
    },
    4,
  ],
  [
    "optional rows alone",
    ["email|Opt Str|x"],
    [],
    { whole: [wholeOf("Opt Str", false)] as Labels["whole"] },
    2,
  ],
  [
    "types alone: those are of rows that are not required",
    ["name|Str|-", "email|Str|x"],
    ["is_enabled|Bool|z"],
    {
      types: { string: ["Str"], boolean: ["Bool"] },
      whole: [wholeOf("Str", false), wholeOf("Bool", false, "boolean")] as Labels["whole"],
    },
    5,
  ],
  [
    "labels before a dash",
    ["name|Req Str - the name", "email|Opt Str - the address"],
    ["is_enabled|Opt Bool - whether"],
    { optional: ["Opt"], required: ["Req"], types: { string: ["Str"], boolean: ["Bool"] } },
    6,
  ],
  [
    "labels that only some rows have",
    ["name|Req Str|-", "email|Opt Str|x", "slack|Anything|x", "discord|Opt Str|x"],
    ["is_enabled|Opt Bool|z"],
    { optional: ["Opt"], required: ["Req"], types: { string: ["Str"], boolean: ["Bool"] } },
    8,
  ],
  [
    "nothing between labels and description: what most rows of a type begin with",
    [
      "name|Req Str the name of it",
      "email|Opt Str the address of it, if any",
      "slack|Opt Str an address, if any",
    ],
    ["is_enabled|Opt Bool whether it is on, if at all"],
    {
      optional: ["Opt"],
      required: ["Req"],
      types: { string: ["Str"], boolean: "Bool whether it is on if at".split(" ") },
    },
    8,
  ],
  ["no row that the contract knows", ["owl|Opt Str|x"], [], {}, 0],
])("%s", (_, create, update, labels, fitting) => {
  const none: Labels = { optional: [], required: [], types: {}, typeFirst: false, whole: [] };
  const learned = learnLabels([...rows("create", create), ...rows("update", update)], knowledge);
  expect(learned.labels).toEqual({ ...none, ...labels });
  expect(learned.fitting).toBe(fitting);
});

test("headings teach nothing", () => {
  const [row] = rows("create", ["name|Req Str|-"]);
  expect(learnLabels([{ ...row!, isHeading: true }], knowledge).fitting).toBe(0);
});

describe("the labels of a row", () => {
  const labels: Labels = {
    optional: ["Opt"],
    required: ["Req", "now"],
    types: { string: ["Str"], integer: ["Int", "eger"], boolean: ["Int", "bool"] },
    typeFirst: false,
    whole: [],
  };
  const none = { required: null, type: null, length: 0 };

  test.each<[string, Partial<Labels>, ReturnType<typeof labelled>]>([
    ["Opt Str x", {}, { required: false, type: "string", length: 2 }],
    ["Req now Int eger", {}, { required: true, type: "integer", length: 4 }],
    ["Req now Int bool", {}, { required: true, type: "boolean", length: 4 }],
    // Two types begin so.
    ["Opt Int other", {}, { required: false, type: null, length: 1 }],
    ["Opt Int", { types: { integer: ["Int", "eger"] } }, { required: false, type: "integer", length: 2 }],
    [
      "Opt Int",
      { types: { integer: ["Int", "eger"], string: ["Int"] } },
      { required: false, type: "string", length: 2 },
    ],
    [
      "Opt A B",
      { types: { integer: ["A", "B", "C"], string: ["A", "D"] } },
      { required: false, type: "integer", length: 3 },
    ],
    ["Req Str", {}, none],
    ["Opt", {}, { required: false, type: null, length: 1 }],
    ["Str", {}, { required: null, type: "string", length: 1 }],
    ["x", {}, none],
    ["", {}, none],
    // Some pages label only what is required.
    ["Str", { optional: [] }, { required: false, type: "string", length: 1 }],
    ["Int", { optional: [] }, none],
    ["Str", { optional: [], required: [] }, { required: null, type: "string", length: 1 }],
    ["Str Opt x", { typeFirst: true }, { required: false, type: "string", length: 2 }],
    ["Int eger Req now", { typeFirst: true }, { required: true, type: "integer", length: 4 }],
    ["Opt", { typeFirst: true }, { required: false, type: null, length: 1 }],
    ["Str x", { typeFirst: true }, { required: null, type: "string", length: 1 }],
    ["x", { typeFirst: true }, none],
    [
      "Whole one x",
      { whole: [wholeOf("Whole two", true), wholeOf("Whole one", false, "integer")] as Labels["whole"] },
      { required: false, type: "integer", length: 2 },
    ],
    // The longer label is meant.
    ["Opt a b", { required: ["Opt", "a"] }, { required: true, type: null, length: 2 }],
  ])("%j, with %j", (text, other, meaning) => {
    expect(labelled({ words: text.split(" ").filter(Boolean) }, { ...labels, ...other })).toEqual(meaning);
  });
});
