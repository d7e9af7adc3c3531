import { expect, test } from "vitest";
import { candidatesOf, labelsFirst, withoutFirstWords, wordsOf } from "../../src/import/candidate.ts";
import { contractKnowledge } from "../../src/import/index.ts";
import type { Line } from "../../src/import/line.ts";

const knowledge = contractKnowledge();
const read = (lines: readonly Line[]) => candidatesOf("list", lines, knowledge);
const linesOf = (texts: readonly string[]) => texts.map((text, index) => ({ number: index + 1, text }));

/** Text between code marks. */
const code = (text: string) => `\u{E000}${text}\u{E001}`;

test.each<[string | string[], name: string | undefined, rest: string, words: string[]]>([
  [["page", "Optional Integer", "x"], "page", "Optional Integer x", ["Optional", "Integer", "x"]],
  [[`${code("page")} *`, "a"], "page", "a", ["a"]],
  [["tags[]", "a"], "tags", "a", ["a"]],
  // A missing name, and a cell that is none.
  [["", "Optional"], undefined, "Optional", ["Optional"]],
  [["Notes about", "page"], undefined, "Notes about page", ["Notes", "about", "page"]],
  [["page"], "page", "", []],
  ["- page: the number", "page", "the number", ["the", "number"]],
  ["* page the number", "page", "the number", ["the", "number"]],
  ["1. page (int)", "page", "int)", ["int"]],
  ["12) page", "page", "", []],
  ["a.b-c d", "a.b-c", "d", ["d"]],
  ["tags[] many", "tags", "many", ["many"]],
  [`${code("page")} the number`, "page", "the number", ["the", "number"]],
  [`• ${code("page")}the number`, "page", "the number", ["the", "number"]],
  ["page, name and more", undefined, "page, name and more", ["page", "name", "and", "more"]],
  ["page = 1", undefined, "page = 1", ["page", "1"]],
  ["pageé x", undefined, "pageé x", ["pageé", "x"]],
  ["страница page", undefined, "страница page", ["страница", "page"]],
])("%j: name %j, rest %j", (line, name, rest, words) => {
  const [text, cells] = Array.isArray(line) ? [line.join(" "), line] : [line, undefined];
  const [candidate] = read([{ number: 7, text, ...(cells && { cells }) }]);
  expect(candidate).toMatchObject({
    section: "list",
    line: 7,
    isHeading: false,
    isRow: cells !== undefined,
    rest,
    words,
  });
  expect(candidate?.name).toBe(name);
});

test("what follows a row's first 20 cells, or 20,000 characters, is not read", () => {
  const cells = ["page", ...Array.from({ length: 30 }, (_, index) => `c${index}`)];
  const long = { number: 1, text: `${cells.join(" ")} ${"x".repeat(20_000)}`, cells };
  expect(read([long])[0]?.cells).toEqual(cells.slice(1, 20));
  expect(read([{ number: 1, text: `page ${"x".repeat(30_000)}` }])[0]?.rest).toHaveLength(
    20_000 - "page ".length,
  );
});

test("words are without the punctuation around them, and a dash alone is one", () => {
  expect(wordsOf(["*Optional*, (Integer)", "— “x” -", "  ", "é.a ..."])).toEqual({
    rest: "*Optional*, (Integer) — “x” - é.a ...",
    words: ["Optional", "Integer", "-", "x", "-", "é.a"],
    ends: [2, 5, 5],
    cells: ["*Optional*, (Integer)", "— “x” -", "  ", "é.a ..."],
  });
});

test.each([
  ["Optional Integer the number", 2, " the number"],
  ["Optional — Integer", 2, " Integer"],
  ["Optional, - x", 2, " x"],
  ["Optional ( ) x", 2, ""],
  // A mark whose start was cut off stands there again.
  [`${code("a b")} c`, 1, `${code(" b")} c`],
  [`${code("a")} ${code("b")}`, 1, ` ${code("b")}`],
  ["a b", 5, ""],
  ["a b", 0, "a b"],
])("%j without its first %d words is %j", (text, count, rest) => {
  expect(withoutFirstWords(text, count)).toBe(rest);
});

test("labels of the last column are put first", () => {
  const [row] = read([{ number: 1, text: "", cells: ["page", "The number", "Optional"] }]);
  expect(labelsFirst(row!)).toEqual({ ...row, ...wordsOf(["Optional", "The number"]) });
  const [single] = read([{ number: 1, text: "", cells: ["page", "Optional"] }]);
  expect(labelsFirst(single!)).toBe(single);
});

/** Lines of a page that was copied with each cell on a line of its own: the line, the name and the cells of each row. */
test.each<[string, string[], [number, string, string[]][]]>([
  [
    "three lines a row, the last one short",
    ["page", "Optional Integer", "The page", "results_per_page", "Optional Integer", "The size", "name"],
    [
      [1, "page", ["Optional Integer", "The page"]],
      [4, "results_per_page", ["Optional Integer", "The size"]],
      [7, "name", [""]],
    ],
  ],
  [
    "two lines a row, between others",
    ["Intro", "page", "Integer", "results_per_page", "Integer", "Outro", "More"],
    [
      [1, "Intro", [""]],
      [2, "page", ["Integer"]],
      [4, "results_per_page", ["Integer"]],
      [6, "Outro", [""]],
      [7, "More", [""]],
    ],
  ],
  [
    "at most six lines a row",
    ["page", "A", "B", "C", "D", "E", "F", "G", "results_per_page", "A"],
    [
      [1, "page", ["A", "B", "C", "D", "E"]],
      [7, "F", [""]],
      [8, "G", [""]],
      [9, "results_per_page", ["A"]],
    ],
  ],
  [
    "one known name alone is a word",
    ["page", "Integer", "other_page", "Integer"],
    [
      [1, "page", [""]],
      [2, "Integer", [""]],
      [3, "other_page", [""]],
      [4, "Integer", [""]],
    ],
  ],
])("%s", (_, texts, rows) => {
  expect(read(linesOf(texts)).map(({ line, name, cells }) => [line, name, cells])).toEqual(rows);
});
