import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { importPages, type Outcome, reportOf } from "../../src/import/index.ts";
import { pageOf } from "./facts-pages.ts";
import { languages } from "./page-languages.ts";
import { type PageOf, partsOf, write } from "./pages.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "report-"));
});
afterAll(() => rm(folder, { recursive: true }));

const options = {
  allowPrivate: false,
  write: false,
  onStep() {},
  isFresh: async () => true,
  onWarning: expect.fail,
};

const words = languages.pl;
const small: PageOf = {
  ...pageOf("bitpeak.ru"),
  baseUrl: "https://panel.example/api",
  types: ["email", "telegram"],
  fields: { email: ["email"], telegram: ["telegram"] },
  hasTrailingComma: false,
};

async function read(text: string, name = "page.md"): Promise<Outcome> {
  const page = join(folder, name);
  await writeFile(page, text);
  const steps: string[] = [];
  const [outcome] = await importPages([page], {
    ...options,
    onStep: (step) => steps.push(step),
  });
  expect(steps).toEqual([`${page} ...`]);
  if (outcome === undefined) throw new Error("nothing is told of the page");
  return outcome;
}

async function reportOn(text: string, isColored = false, written?: readonly string[]): Promise<string> {
  const outcome = await read(text);
  if (!("imported" in outcome)) throw new Error(outcome.error);
  return reportOf(outcome.imported, isColored, written).replaceAll(`${folder}/`, "");
}

const pageText = (page: PageOf) => write(partsOf(page, words!), "markdown", { language: "pl" });

test("a report has each fact at its line, what it finds, and the entry of an instance that is new", async () => {
  const told = await reportOn(pageText(small).replace("| `telegram` |", "| `pigeon` |"));
  expect(told).toBe(`page.md: panel.example, not registered, whole

line  fact
      API https://panel.example/api, language Polish (pl)
   3  list: GET
  13  list parameter page: optional integer, default 1
  14  list parameter results_per_page: optional integer, one of 10, 25, 50, 100, 250, 500, 1000, default 25
  28  datetimes of answers: as 2025-12-05 14:25:37
  38  links: ?page=1
  47  read: GET
  71  create: POST
  75  create field name: required string
  76  create field type: required string
  76  create types: email, telegram
  77  create field email: optional string, for type email
  78  create field pigeon: optional string, for type telegram
  98  update: POST
 102  update field name: optional string
 103  update field type: optional string
 103  update types: email, telegram
 104  update field email: optional string, for type email
 105  update field telegram: optional string, for type telegram
 106  update field is_enabled: optional boolean
 125  delete: DELETE

Unknown to the contract
  78  The contract's type telegram has no field pigeon. [unknown-field]
Odd
  78  pigeon stands here, and not like this in the form of update. [field-differs]
 105  telegram stands here, and not like this in the form of create. [field-differs]
Missing
   3  No instance is registered with this base URL: the entry is the one that it would get. [not-registered]

The entry that it would get in redocly.yaml:

panel.example:
  base_url: https://panel.example/api
  source:
    language: pl
    seen: 2025-12-05
    example:
      name: Work email
      datetime: 2025-12-05 14:25:37
  types:
    - email
    - telegram
  without_fields:
    telegram:
      - telegram
      - telegram_chat_id
  extra_fields:
    telegram:
      - pigeon
  links: plain
`);
});

test("a registered instance needs no entry, and what was written is named", async () => {
  const text = pageText({ ...pageOf("bitpeak.ru"), hasTrailingComma: false });
  const plain = await reportOn(text);
  expect(plain).toMatch(/^page\.md: bitpeak\.ru, registered, whole\n/);
  expect(plain).not.toContain("The entry that it would get");
  expect(plain).not.toMatch(/Wrote|All of it/);
  expect(await reportOn(text, false, [])).toBe(`${plain}\nAll of it is registered already.\n`);
  expect(await reportOn(text, false, ["redocly.yaml", "pages/a.json"])).toBe(
    `${plain}\nWrote redocly.yaml, pages/a.json.\n`,
  );
});

test("colours are added, and nothing else", async () => {
  const text = pageText(small);
  const coloured = await reportOn(text, true);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal's escapes are what is looked for.
  expect(coloured.replace(/\x1b\[\d+m/g, "")).toBe(await reportOn(text));
  expect(coloured).toContain("\x1b[33mMissing\x1b[39m");
  expect(coloured).toContain("\x1b[1mpage.md\x1b[22m");
});

test.each([
  ["a row of no known type", "**Ciąg znaków**", "", "create field name: perhaps required, of no known type"],
  ["a row that may be required", "**Wymagane** ", "", "create field name: perhaps required, string"],
])("the report says so of %s", async (_, from, to, line) => {
  const text = pageText(small).replace(`| \`name\` | **Wymagane** **Ciąg znaków** |`, (row) =>
    row.replace(from, to),
  );
  expect(await reportOn(text)).toContain(`  75  ${line}\n`);
});

test("a page without a fact is told in one line", async () => {
  expect(await reportOn("# News\n\nNothing of an API.\n")).toBe(
    "page.md: Nothing of the API's documentation was found in it: no method line, no sample, no row.\n",
  );
});

test.each([
  ["a file that there is not", "none.md", "There is no such file."],
  ["a folder", ".", "It is a folder, not a file."],
])("%s is an error of its page", async (_, name, error) => {
  const page = join(folder, name);
  expect(await importPages([page], options)).toEqual([{ page, error }]);
});

test.each([
  ["a type that the contract does not know", "pigeon", false, 1],
  ["the same, of a contract that is fresh", "pigeon", true, 0],
  ["a page of known types", "telegram", false, 0],
])("an old generated/ is told of where it matters: %s", async (_, type, isFresh, times) => {
  expect(await toldOf(pageText(small).replaceAll("telegram", type), isFresh)).toHaveLength(times);
});

test("an old generated/ is told of where a filter might not be the instance's alone", async () => {
  const text = pageText(small).replace(/^(.*)`results_per_page`(.*)$/m, "$1`name`$2\n$&");
  expect(text).not.toBe(pageText(small));
  expect(await toldOf(text, false)).toHaveLength(1);
});

/** The warnings about a page. */
async function toldOf(text: string, isFresh: boolean): Promise<string[]> {
  const page = join(folder, "old.md");
  await writeFile(page, text);
  const warnings: string[] = [];
  await importPages([page], {
    ...options,
    isFresh: async () => isFresh,
    onWarning: (text) => warnings.push(text),
  });
  for (const each of warnings) expect(each).toContain("`npm run generate`: run it, then import again");
  return warnings;
}

test("without pages the kept facts of each instance are read, and nothing differs", async () => {
  const outcomes = await importPages([], options);
  expect(outcomes.map(({ page }) => page)).toContain("pages/bitpeak.ru.json");
  for (const each of outcomes) {
    if (!("imported" in each)) throw new Error(each.error);
    const levels = each.imported.result.findings.map(({ level }) => level);
    expect(levels.filter((level) => level === "differs" || level === "unknown")).toEqual([]);
  }
});
