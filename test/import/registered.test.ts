import { expect, test } from "vitest";
import {
  contractKnowledge,
  importPage,
  importPages,
  languageTag,
  openContract,
  type PageFacts,
  type readRegister,
} from "../../src/import/index.ts";
import { factsWith, smallText } from "./small-page.ts";

const knowledge = contractKnowledge();
const instance = "panel.example";
const options = { name: "a.md", language: "en", instance };
type Register = ReturnType<typeof readRegister>;
const registerWith = (entry: object) => new Map([[instance, entry]]) as unknown as Register;

const { result } = await importPage("a.md", smallText, openContract(knowledge, new Map()), options);
const { entry } = result;

/** What is told of the page if it is registered with something else in its entry. */
async function told(change: object, kept?: PageFacts) {
  const register = registerWith({ ...entry, ...change });
  const contract = { ...openContract(knowledge, register), kept: () => kept };
  const { findings } = (await importPage("a.md", smallText, contract, options)).result;
  return findings.map(({ kind, level, message, line }) => [kind, level, message, line]);
}

test("nothing is told of a page that says what its entry does", async () => {
  expect(await told({})).toEqual([]);
  expect(await told({}, factsWith())).toEqual([]);
});

test.each<[string, object, string, number | null]>([
  [
    "base_url",
    { base_url: "https://other.example/api" },
    'base_url: the page says "https://panel.example/api", the register "https://other.example/api".',
    3,
  ],
  ["types", { types: ["email"] }, 'types: the page says ["email","telegram"], the register ["email"].', 76],
  [
    "extra_fields",
    { extra_fields: { email: ["cc"] } },
    'extra_fields: the page says null, the register {"email":["cc"]}.',
    76,
  ],
  ["links", { links: "other" }, 'links: the page says "plain", the register "other".', 38],
  ["default_page", { default_page: 2 }, "default_page: the page says null, the register 2.", 3],
])("another %s is told at its line", async (option, change, message, line) => {
  expect(await told(change)).toEqual([[`entry-${option}`, "differs", message, line]]);
});

test.each<[string, string[]]>([
  ["en", []],
  ["en-GB", []],
  ["fr", ["The page is in en, the register says fr."]],
])("a page in English that is registered in %s", async (language, messages) => {
  const found = await told({ source: { ...entry?.source, language } });
  expect(found).toEqual(messages.map((message) => ["entry-language", "differs", message, null]));
});

test("filters that a person has named are left to that person", async () => {
  expect(await told({ custom_filters: { topic: "name" } })).toEqual([]);
});

test("a change is told once: not of the entry as well", async () => {
  const kept = factsWith(({ create, update }) => {
    create!.types!.value = ["email"];
    update!.types!.value = ["email"];
  });
  expect((await told({ types: ["email"] }, kept)).map(([kind]) => kind)).toEqual(["types", "types"]);
});

test("the name and the language that a person gives are those of the page", async () => {
  // A name that holds an address is one of a file.
  const outcomes = await importPages(["no http://127.0.0.1:1/file", "README.md"], {
    allowPrivate: false,
    write: false,
    onStep() {},
    isFresh: async () => true,
    onWarning: expect.fail,
    instance,
    language: "uz_latn",
  });
  expect(outcomes).toMatchObject([
    { error: "There is no such file." },
    { imported: { result: { instance, language: "uz-Latn" } } },
  ]);
});

test.each([
  ["pt-br", "pt-BR"],
  ["zh_hant_tw", "zh-Hant-TW"],
  ["und", undefined],
  ["zxx", undefined],
  ["english", undefined],
  ["e", undefined],
  ["en-", undefined],
  ["en fr", undefined],
  [undefined, undefined],
])("the language tag %s is %s", (text, tag) => {
  expect(languageTag(text)).toBe(tag);
});

test("nothing is told of the language of a page without words", async () => {
  const text = "GET https://panel.example/api/notification-handlers/\n";
  const contract = openContract(knowledge, registerWith(entry ?? {}));
  const { language, findings } = (await importPage("a.txt", text, contract, { instance })).result;
  expect(language).toBe(null);
  expect(findings.map(({ kind }) => kind)).not.toContain("entry-language");
});
