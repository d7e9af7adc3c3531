import { expect, test } from "vitest";
import { contractKnowledge } from "../../src/import/index.ts";
import { readFacts } from "../../src/import/read.ts";
import { smallText } from "./small-page.ts";

const knowledge = contractKnowledge();
const read = (text: string) => readFacts(text, knowledge, { name: "a.md", language: "en" });

/** The part of the page from an operation's line to the next one's. */
const starts = [...smallText.matchAll(/^## /gm)].map(({ index }) => index);
const section = (index: number) => smallText.slice(starts[index], starts[index + 1]);
const upTo = (index: number, text: string) => smallText.slice(0, starts[index]) + text;
const withoutLast = (text: string, pattern: string) => text.slice(0, text.lastIndexOf(pattern));

test.each([
  ["nothing", smallText, []],
  ["its last section", upTo(4, ""), ["the section that documents delete"]],
  [
    "its last two sections",
    upTo(3, ""),
    ["the section that documents update", "the section that documents delete"],
  ],
  [
    "the answer of its last section",
    upTo(3, withoutLast(section(3), "```json")),
    ["the section that documents delete", "the answer of update"],
  ],
  [
    "the end of that answer",
    upTo(3, withoutLast(section(3), "    }")),
    ["the section that documents delete", "the end of the document", "the end of the JSON of update"],
  ],
  [
    "the end of its last sample",
    upTo(4, withoutLast(section(4), "--header")),
    ["the end of the document", "a part of the sample of delete"],
  ],
  ["a section within", smallText.replace(section(1), ""), ["the section that documents read"]],
])("a page that lacks %s says what was not seen", async (_, text, missing) => {
  const facts = await read(text);
  expect(facts.missing).toEqual(missing);
  expect(facts.isComplete).toBe(missing.length === 0);
});

test("form fields may be others in the sample of update", async () => {
  const text = upTo(4, "").replace("--form 'is_enabled=1' \\\n", "");
  expect((await read(text)).missing).toEqual(["the section that documents delete"]);
});

const line = (text: string, part: string) => text.slice(0, text.indexOf(part)).split("\n").length;

test("examples are read of the list and of a single handler, each at its line", async () => {
  const text = smallText.replace('"name": "Work email"', '"name": 5').replace('"last": "', '"last": "x');
  const { example, datetimes, trailingComma, pageQueries, exampleKeys } = await read(text);
  // The name of the list is no text.
  expect(example.name).toEqual({ value: "Work email", line: line(text, '"Work email"') });
  expect(datetimes.map((each) => each.value)).toEqual(["2025-12-05 14:25:37", "2025-12-05 14:25:37"]);
  expect(trailingComma).toEqual({ value: false, line: line(text, '{\n    "data": [') });
  expect(pageQueries).toHaveLength(3);
  expect(exampleKeys.links.map(({ value }) => value)).toEqual(["first", "last", "next", "prev", "self"]);
});

test.each([
  ["a link to another path", "/notification-handlers?page=1", "/others?page=1", 0],
  ["a link without a number", "?page=1", "?page=", 0],
  ["a link with a slash before its query", "handlers?page=1", "handlers/?page=1", 3],
  ["a link with more behind the number", "?page=1", "?page=1&a=b", 0],
])("%s", async (_, from, to, count) => {
  expect((await read(smallText.replaceAll(from, to))).pageQueries).toHaveLength(count);
});

test("a page without a whole sample says nothing of commas and has no example", async () => {
  const text = "# An API\n\n## GET https://a.example/api/notification-handlers/\n";
  expect(await read(text)).toMatchObject({
    trailingComma: null,
    example: {},
    datetimes: [],
    pageQueries: [],
    exampleKeys: { handler: [], read: [], meta: [], links: [] },
  });
});

test.each([
  ["PUT", "PUT"],
  ["PATCH", "PATCH"],
  ["HEAD", undefined],
])("an update may have the method %s", async (method, found) => {
  const text = smallText.replace(/`POST`(?= `[^`]*{)/, `\`${method}\``);
  const facts = await read(text);
  expect(facts.sections.update?.value.method).toBe(found);
});
