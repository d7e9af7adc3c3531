import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { descriptionNames, familyName, loadDescription } from "../../src/description/index.ts";
import { DocsError, loadLanguages, referenceDocument } from "../../src/docs/index.ts";
import { textsOf } from "../../src/docs/translatable.ts";
import { translationsFolder } from "../../src/docs/translations.ts";

const family = loadDescription(familyName);
const languages = loadLanguages(family);
const english = languages.get("en");

test("there is a file for the language of every instance", () => {
  expect([...languages.keys()].sort()).toEqual(
    [...new Set(descriptionNames.map((name) => loadDescription(name).language))].sort(),
  );
});

describe.each(descriptionNames)("%s in its readers' language", (name) => {
  const description = loadDescription(name);
  const language = languages.get(description.language);
  if (!language || !english) throw new Error(`no language ${description.language}`);

  test("every text is in that language, and everything else is as the contract has it", () => {
    const own = referenceDocument(description, language);
    const inEnglish = referenceDocument(description, english);
    for (const { pointer, text } of textsOf(description)) {
      if (language === english || pointer.startsWith("/tags/") || text.includes(name)) continue;
      expect(language.contract.get(text), pointer).not.toBe(text);
    }
    expect(skeleton(own)).toEqual(skeleton(inEnglish));
  });

  test("names in backticks, and placeholders, stand in the translation as in the English", () => {
    for (const { pointer, text } of textsOf(description)) {
      const translation = language.contract.get(text);
      if (translation === undefined) continue;
      const names = (each: string) => [...each.matchAll(/`([^`]+)`/g)].map(([, code]) => code).sort();
      expect(new Set(names(translation)), pointer).toEqual(new Set(names(text)));
      expect(translation, pointer).not.toContain("{type}");
    }
  });
});

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

describe("a translation that does not fit fails the build", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "i18n-"));
    cpSync(translationsFolder, folder, { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const edit = (file: string, change: (text: string) => string) => {
    const path = join(folder, file);
    const before = readFileSync(path, "utf8");
    const after = change(before);
    expect(after).not.toBe(before);
    writeFileSync(path, after);
  };
  const problem = () => {
    try {
      loadLanguages(family, { folder });
    } catch (error) {
      expect(error).toBeInstanceOf(DocsError);
      return (error as Error).message;
    }
    throw new Error("nothing was wrong");
  };
  const key = "/components/responses/Created/description";

  test("as it is, it fits", () => {
    expect(() => loadLanguages(family, { folder })).not.toThrow();
  });
  test("a missing key", () => {
    edit("fr.yaml", (text) => text.replace(new RegExp(`^  ${key}: .*\n`, "m"), ""));
    expect(problem()).toContain(`openapi/i18n/fr.yaml: ${key} is missing.`);
  });
  test("a key that no longer exists", () => {
    edit("ko.yaml", (text) => `${text}  /components/schemas/Gone/description: 없음\n`);
    expect(problem()).toContain(
      "openapi/i18n/ko.yaml: /components/schemas/Gone/description is no longer in the contract",
    );
  });
  test("a missing word of the page", () => {
    edit("uz.yaml", (text) => text.replace(/^ {2}skip: .*\n/m, ""));
    expect(problem()).toContain("openapi/i18n/uz.yaml: page.skip is missing.");
  });
  test("a word of Redoc that nothing uses", () => {
    edit("id.yaml", (text) => text.replace(/^redoc:\n/m, "redoc:\n  nothing: apa\n"));
    expect(problem()).toContain("openapi/i18n/id.yaml: redoc.nothing is not used");
  });
  test("an empty text", () => {
    edit("fa.yaml", (text) => text.replace(new RegExp(`^  ${key}: .*\n`, "m"), `  ${key}: ""\n`));
    expect(problem()).toContain(`openapi/i18n/fa.yaml: contract: ${key} has no text.`);
  });
  test("English that has changed since", () => {
    edit("source.yaml", (text) => text.replace(new RegExp(`^${key}: .*\n`, "m"), `${key}: It is here.\n`));
    expect(problem()).toContain(
      `${key}: the English has changed since it was translated, from "It is here." to "The handler exists now."`,
    );
  });
  test("one key for texts that differ in more than the handler type", () => {
    edit("fr.yaml", (text) =>
      text
        .replace(/^ {2}\/components\/schemas\/InternalNotificationSettings\/description: .*\n/m, "")
        .replace(/^ {2}\/components\/schemas\/EmailSettings\/description: .*\n/m, ""),
    );
    expect(problem()).toContain("covers texts that differ in more than the type");
  });
});
