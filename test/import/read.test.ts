import { describe, expect, test } from "vitest";
import { contractKnowledge, importPage, openContract, readRegister } from "../../src/import/index.ts";
import { facts } from "../generate/facts.ts";
import { triesAll } from "../scope.ts";
import { pageOf } from "./facts-pages.ts";
import { madeUp } from "./made-up.ts";
import { languages } from "./page-languages.ts";
import { type Form, fileOf, forms, type PageOf, parametersOf, partsOf, write } from "./pages.ts";

const contract = openContract(contractKnowledge(), readRegister());

async function expectFacts(text: string, page: PageOf, options: { name: string }) {
  const { result } = await importPage("page", text, contract, options);
  expect(result).toMatchObject({
    base_url: page.baseUrl,
    page_query: page.pageQuery,
    trailing_comma: page.hasTrailingComma,
    types: page.types,
    types_complete: true,
    fields: page.fields,
    untyped_fields: [],
    sections: { list: true, read: true, create: true, update: true, delete: true },
    complete: true,
    filter_datetime_format: page.list.find(({ format }) => format)?.format ?? null,
  });
  expect(result.parameters).toEqual(parametersOf(page));
  return result;
}

/** The nightly workflow reads all; else each form in each language is read once, of one of the instances. */
function sampleOf(form: Form, language: string): string[] {
  const names = Object.keys(facts);
  if (triesAll("IMPORT_MUTATIONS")) return names;
  const index = forms.indexOf(form) + Object.keys(languages).indexOf(language);
  return [names[index % names.length]!];
}

describe.each(forms)("pages written as %s", (form) => {
  describe.each(Object.entries(languages))("in %s", (language, words) => {
    test.each(sampleOf(form, language))("of %s", async (name) => {
      const page = pageOf(name);
      const result = await expectFacts(write(partsOf(page, words), form, { language }), page, {
        name: fileOf[form],
      });
      expect(result.language).toBe(language);
    });
  });
});

/** The forms of the start and the end of a range, and what becomes of them: the option of the entry, and the parameters it leaves out. */
test.each([
  ["Y-m-d H:i:s", "Y-m-d H:i:s", "Y-m-d H:i:s", []],
  ["Y-m-d", "Y-m-d", "Y-m-d", []],
  ["d/m/Y H:i", "d/m/Y H:i", "d/m/Y H:i", []],
  ["d.m.Y H:i", "d.m.Y H:i", "d.m.Y H:i", []],
  ["YYYY-MM-DD", "YYYY-MM-DD", "Y-m-d", []],
  ["dd.mm.yyyy hh:mm:ss", "dd.mm.yyyy hh:mm:ss", "d.m.Y H:i:s", []],
  ["j.n.y", "j.n.y", undefined, ["datetime_start", "datetime_end"]],
  ["Y-m-d", "d-m-Y", "Y-m-d", ["datetime_end"]],
] as const)("datetimes from %s to %s become %s, without %j", async (start, end, form, without) => {
  const forms = new Map<string, string>([
    ["datetime_start", start],
    ["datetime_end", end],
  ]);
  const list = madeUp.list.map((each) => ({
    ...each,
    ...(forms.has(each.name) && { format: forms.get(each.name) as string }),
  }));
  const text = write(partsOf({ ...madeUp, list }, languages.en!), "markdown");
  const { entry, findings } = (await importPage("a.md", text, contract, { name: "a.md" })).result;
  expect(entry?.filter_datetimes).toBe(form);
  const filters = ["datetime_start", "datetime_end"].filter(
    (name) => !(without as readonly string[]).includes(name),
  );
  expect(entry?.filters?.filter((name) => /_(start|end)$/.test(name)) ?? []).toEqual(filters);
  const told = findings.filter(({ kind }) => kind === "unknown-format");
  expect(told.map(({ line }) => text.split("\n")[(line ?? 0) - 1]?.match(/datetime_\w+/)?.[0])).toEqual(
    without,
  );
});
