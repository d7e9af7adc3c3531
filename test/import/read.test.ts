import { describe, expect, test } from "vitest";
import { contractKnowledge, importPage, openContract, readRegister } from "../../src/import/index.ts";
import { triesAll } from "../extent.ts";
import { facts } from "../generate/facts.ts";
import { pageOf } from "./facts-pages.ts";
import { type Form, forms, type PageOf, partsOf, write } from "./pages.ts";
import { languages } from "./words.ts";

const contract = openContract(contractKnowledge(), readRegister());

function expectFacts(text: string, page: PageOf, options: { name: string }) {
  const { result } = importPage("page", text, contract, options);
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
  expect(result.parameters).toEqual(
    page.list.map(({ name, type, values = null, default: value = null, format = null }) => ({
      name,
      required: false,
      type,
      enum: values,
      default: value,
      format,
      repeated: false,
    })),
  );
  return result;
}

const fileOf: Record<Form, string> = {
  pipes: "a.txt",
  "pipes-behind": "a.txt",
  bare: "a.txt",
  html: "a.html",
  markdown: "a.md",
};

/** The nightly workflow reads all; else each form in each language is read once, of one of the instances. */
function sampleOf(form: Form, language: string): string[] {
  const names = Object.keys(facts);
  if (triesAll("IMPORT_MUTATIONS")) return names;
  const index = forms.indexOf(form) + Object.keys(languages).indexOf(language);
  return [names[index % names.length]!];
}

describe.each(forms)("pages written as %s", (form) => {
  describe.each(Object.entries(languages))("in %s", (language, words) => {
    test.each(sampleOf(form, language))("of %s", (name) => {
      const page = pageOf(name);
      const result = expectFacts(write(partsOf(page, words), form, { language }), page, {
        name: fileOf[form],
      });
      expect(result.language).toBe(language);
    });
  });
});
