import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { descriptionNames, familyName, loadDescription } from "../../src/description/index.ts";
import {
  checkLanguages,
  DocsError,
  languageFor,
  languageName,
  loadLanguages,
  referenceDocument,
} from "../../src/docs/index.ts";
import { inEnglish, translationsFolder } from "../../src/docs/languages.ts";
import { textsOf } from "../../src/docs/translatable.ts";

const family = loadDescription(familyName);
const languages = loadLanguages();
const english = inEnglish(languages);

test("the translations fit the contract", () => checkLanguages(languages, family));

describe.each(descriptionNames)("%s in its readers' language", (name) => {
  const description = loadDescription(name);
  const language = languageFor(languages, description.about.language) ?? english;

  test("everything but the texts is as the contract has it", () => {
    const own = referenceDocument(description, language);
    expect(skeleton(own)).toEqual(skeleton(referenceDocument(description, english)));
  });

  test("names in backticks stand in the translation as in the English, and no gap is left", () => {
    for (const { pointer, text } of textsOf(description)) {
      const translation = language.contract.translate(text);
      if (translation === undefined) continue;
      const names = (each: string) => [...each.matchAll(/`([^`]+)`/g)].map(([, code]) => code).sort();
      expect(new Set(names(translation)), pointer).toEqual(new Set(names(text)));
      const gaps = (each: string) => each.match(/\{\w+\}/g) ?? [];
      expect(gaps(translation), pointer).toEqual(gaps(text));
    }
  });
});

test("a text that no language knows stays English, and says so where it can", () => {
  const language = [...languages.values()].find(({ code }) => code !== english.code);
  if (!language) return;
  const document = structuredClone(family.document) as { info: Record<string, unknown> };
  Object.assign(document.info, { summary: "Quite new.", description: "Quite new, too." });
  const { info } = referenceDocument({ ...family, document }, language) as typeof document;
  expect(info.summary).toBe("Quite new.");
  expect(info.description).toContain('<span lang="en" dir="ltr">Quite new, too.</span>');
});

test.each([
  ["fr", "fr"],
  ["FR", "fr"],
  ["fr-CA", "fr"],
  ["uz-Latn-UZ", "uz"],
  ["pt-BR", undefined],
  ["x-no-such", undefined],
])("readers of %s get %s", (tag, code) => expect(languageFor(languages, tag)?.code).toBe(code));

test.each([
  ["de", "German"],
  ["pt-BR", "Brazilian Portuguese"],
  ["not a tag", "not a tag"],
])("%s is called %s", (tag, name) => expect(languageName(tag)).toBe(name));

/** A document without the texts that people read. */
function skeleton(value: unknown, key = ""): unknown {
  if (Array.isArray(value)) return value.map((each) => skeleton(each));
  if (typeof value !== "object" || value === null) {
    return ["summary", "description", "title"].includes(key) ? "text" : value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, child]) => [
      name,
      name === "x-badges" ? (child as []).length : skeleton(child, name),
    ]),
  );
}

describe("a translation that does not fit is named", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "i18n-"));
    cpSync(translationsFolder, folder, { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  type Data = Record<"page" | "redoc" | "search" | "contract", Record<string, string>>;
  const edit = (file: string, change: (data: Data) => void) => {
    const data = parse(readFileSync(join(folder, file), "utf8")) as Data;
    change(data);
    writeFileSync(join(folder, file), stringify(data));
  };
  const problem = () => {
    try {
      checkLanguages(loadLanguages(folder), family);
    } catch (error) {
      expect(error).toBeInstanceOf(DocsError);
      return (error as Error).message;
    }
    throw new Error("nothing was wrong");
  };
  const key = family.operations[0]?.summary ?? "";

  test.each<[name: string, file: string, change: (data: Data) => void, message: string]>([
    [
      "a missing text",
      "fr.yaml",
      ({ contract }) => delete contract[key],
      `fr.yaml: contract: "${key}" is missing.`,
    ],
    [
      "a superfluous text",
      "ko.yaml",
      ({ contract }) => Object.assign(contract, { "It is gone.": "없음" }),
      'ko.yaml: contract: "It is gone." is no longer in the contract',
    ],
    [
      "a missing word of the page",
      "uz.yaml",
      ({ page }) => delete page.skip,
      "uz.yaml: page.skip is missing.",
    ],
    [
      "a word that nothing uses",
      "id.yaml",
      ({ redoc }) => Object.assign(redoc, { nothing: "apa" }),
      "id.yaml: redoc.nothing is not used",
    ],
    [
      "an empty text",
      "fa.yaml",
      ({ contract }) => Object.assign(contract, { [key]: "" }),
      `fa.yaml: contract: ${key} has no text.`,
    ],
  ])("%s", (_name, file, change, message) => {
    edit(file, change);
    expect(problem()).toContain(message);
  });
});
