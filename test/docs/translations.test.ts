import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { descriptionNames, familyName, loadDescription } from "../../src/description/index.ts";
import {
  allLanguages,
  checkLanguages,
  DocsError,
  type Language,
  languageFor,
  languageName,
  loadLanguages,
} from "../../src/docs/index.ts";
import { inEnglish, translationsFolder } from "../../src/docs/languages.ts";
import { readingOf } from "../../src/docs/reading.ts";
import { textsOf } from "../../src/docs/translatable.ts";
import { derivedTexts } from "../../src/redocly-plugin/texts.js";

const family = loadDescription(familyName);
const languages = allLanguages();
const english = inEnglish(languages);

/** The words around the contract: of the docs, and of the page of a running server. */
const parts = ["page", "workbench"] as const;
const wordsOf = (language: Language) => parts.flatMap((part) => Object.values(language[part].texts()));

test("the translations fit the contract", () => checkLanguages(languages, family));

test("a page is one of the list: what an instance publishes is its documentation", () => {
  for (const text of [...textsOf(family).map(({ text }) => text), ...derivedTexts]) {
    expect(text).not.toMatch(
      /documentation page|\bpages? (shows?|says?|calls?|names?|documents?|labels?)\b/i,
    );
  }
});

describe.each(descriptionNames)("%s in its readers' language", (name) => {
  const description = loadDescription(name);
  const language = languageFor(languages, description.about.language) ?? english;

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

describe.each([...languages.values()].filter(({ code }) => code !== english.code))("$name", (language) => {
  test("has the same gaps in each of its words as English, and a form for every plural", () => {
    for (const part of parts) {
      for (const key of english[part].keys()) {
        const gaps = (text = "") => new Set([...text.matchAll(/\{(\w+)[,}]/g)].map(([, gap]) => gap));
        expect(gaps(language[part].text(key)), key).toEqual(gaps(english[part].text(key)));
        for (const count of [0, 1, 2, 5, 21]) {
          const said = language[part].say(key, { ...filled, count });
          expect(said, key).not.toMatch(/[{}]/);
        }
      }
    }
  });

  test("differences have the same gaps as in English", () => {
    for (const [text, translation] of language.differences) {
      const gaps = (each: string) => (each.match(/\{\w+\}/g) ?? []).sort();
      expect(gaps(translation), text).toEqual(gaps(text));
    }
  });

  test("calls a term by one word", () => {
    expect(language.glossary.size).toBeGreaterThan(2);
    for (const [term, forms] of language.glossary) {
      const named = new RegExp(`(?<![-\\w])${term}s?\\b`, "i");
      let found = 0;
      for (const key of language.contract.keys()) {
        // What is code is no term.
        if (!named.test(key.replaceAll(/`[^`]*`|\{\w+\}/g, ""))) continue;
        const { translation } = language.contract.find(key) ?? { translation: "" };
        found += 1;
        const isCalled = forms.some((form) => translation.toLowerCase().includes(form.toLowerCase()));
        if (!isCalled)
          expect
            .soft(translation, `the file's glossary has a word for ${term}, in: ${key}`)
            .toContain(forms[0]);
      }
      expect(found, term).toBeGreaterThan(0);
    }
  });

  test("writes no word that it has another for", () => {
    const said = [
      ...language.contract.keys().map((key) => language.contract.find(key)?.translation ?? ""),
      ...wordsOf(language),
      ...language.differences.values(),
    ];
    for (const [word, instead] of language.avoided) {
      const wrong = said.filter((text) => text.toLowerCase().includes(word.toLowerCase()));
      expect(wrong, `say ${instead}`).toEqual([]);
    }
  });

  test("is written with the marks of its script", () => {
    const said = [
      ...wordsOf(language),
      ...language.contract.keys().map((key) => language.contract.find(key)?.translation ?? ""),
      ...language.differences.values(),
    ].map((text) => text.replaceAll(/`[^`]*`/g, ""));
    const foreign: Record<string, { marks: RegExp; instead: string }> = {
      fr: {
        marks: /[\p{L}]'|[^\u00a0\u202f] ?[:;!?](\s|$)/u,
        instead: "write ’ for an apostrophe, and a non-breaking space (U+00A0 or U+202F) before : ; ! ?",
      },
      uz: { marks: /[\p{L}]['‘’`]/u, instead: "write ʻ (U+02BB) in oʻ and gʻ, and ʼ (U+02BC) elsewhere" },
      fa: { marks: /[\u0660-\u0669\u06f0-\u06f9]|ك|ي/, instead: "write Latin digits, and Persian ک and ی" },
    };
    const { marks, instead } = foreign[language.code] ?? {};
    const wrong = said.filter((text) => marks?.test(text.replaceAll(/https?:/g, "")));
    expect(wrong, instead).toEqual([]);
  });

  test("begins sentences with a capital letter, unless with a name of the contract", () => {
    // What is no sentence in English, as the title of an example, is none here.
    for (const key of language.contract.keys().filter((text) => /^\P{Ll}.*\.$/u.test(text))) {
      const translation = language.contract.find(key)?.translation ?? "";
      for (const [, word] of translation.matchAll(/(?:^|[.!?]\s+)(\p{Ll}\w*)/gu))
        expect(key, translation).toContain(word);
    }
  });
});

/** Something for every gap. */
const filled = Object.fromEntries(
  wordsOf(english)
    .flatMap((text) => [...text.matchAll(/\{(\w+)[,}]/g)])
    .map(([, gap]) => [gap ?? "", "x"]),
);

test("a text that no language knows stays English, and says so", () => {
  const language = [...languages.values()].find(({ code }) => code !== english.code);
  if (!language) return;
  const reading = readingOf(family, language);
  expect(reading.text("Quite new.")).toBe("Quite new.");
  expect(reading.inline("Quite `new`.")).toBe('<span lang="en" dir="ltr">Quite <code>new</code>.</span>');
  expect(reading.blocks("Quite <b>new</b>.")).toContain('<div lang="en" dir="ltr"><p>Quite &#60;b&#62;new');
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

describe("a translation that does not fit is named", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "i18n-"));
    cpSync(translationsFolder, folder, { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  type Data = Record<"page" | "contract" | "differences", Record<string, string>>;
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

  test("a file that is not YAML", () => {
    writeFileSync(join(folder, "fr.yaml"), "name: [\n");
    expect(problem()).toMatch(/^openapi\/i18n\/fr\.yaml can't be read: .* at line 2/);
  });

  test.each(["german", "de_DE", "Deutsch"])("a file called %s, which is no tag of a language", (name) => {
    cpSync(join(folder, "fr.yaml"), join(folder, `${name}.yaml`));
    expect(problem()).toBe(
      `openapi/i18n/${name}.yaml: a file is called by its language's BCP 47 tag, such as pt or pt-BR.`,
    );
  });

  test("a file with the other ending of YAML, which would be left out", () => {
    cpSync(join(folder, "fr.yaml"), join(folder, "pt.yml"));
    expect(problem()).toBe("openapi/i18n/pt.yml: a language's file ends with .yaml. Rename it.");
  });

  test("a copied language that kept its name: readers would choose between two of the same", () => {
    cpSync(join(folder, "fr.yaml"), join(folder, "pt-BR.yaml"));
    expect(problem()).toBe("openapi/i18n/pt-BR.yaml: openapi/i18n/fr.yaml has the name Français, too.");
  });

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
      "a missing difference",
      "uz.yaml",
      ({ differences }) => delete differences["type {type}"],
      'uz.yaml: differences: "type {type}" is missing.',
    ],
    [
      "a difference that no rule knows",
      "ko.yaml",
      ({ differences }) => Object.assign(differences, { "no such thing": "없음" }),
      'ko.yaml: differences: "no such thing" is not used',
    ],
    [
      "a word that nothing uses",
      "id.yaml",
      ({ page }) => Object.assign(page, { nothing: "apa" }),
      "id.yaml: page.nothing is not used",
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
