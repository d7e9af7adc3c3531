import { describe, expect, test } from "vitest";
import { createDescription, familyName, instanceEntry } from "../../src/description/index.ts";
import { differencesOf } from "../../src/docs/assets/rules.js";
import { allLanguages, inEnglish } from "../../src/docs/languages.ts";
import { matrixOf } from "../../src/docs/matrix.ts";
import { renderReference } from "../../src/docs/reference/page.tsx";
import { derivations, type Entry } from "../derived.ts";

const derived = derivations();
const plain = derived();
const languages = allLanguages();

/** What an entry says, how the differences from a plain instance tell of it, and what the reference shows. */
const cases: readonly { what: string; entry: Entry; told: RegExp; shown?: RegExp; hidden?: RegExp }[] = [
  {
    what: "a type of one's own",
    entry: { custom_types: { owl: ["owl_topic"] } },
    told: /`owl`/,
    shown: /owl_topic/,
  },
  {
    what: "types unknown",
    entry: { types: "unknown" },
    told: /types that are not listed/,
    shown: /carrier_pigeon/,
  },
  {
    what: "a field less",
    entry: { without_fields: { telegram: ["telegram_chat_id"] } },
    told: /`telegram_chat_id`/,
    hidden: /telegram_chat_id/,
  },
  {
    what: "a field more",
    entry: { extra_fields: { email: ["email_cc"] } },
    told: /`email_cc`/,
    shown: /email_cc/,
  },
  {
    what: "inert fields",
    entry: { inert_fields: { x: ["x_consumer_key"] } },
    told: /`x_consumer_key`/,
    shown: /x_consumer_key/,
  },
  { what: "a filter", entry: { filters: ["order_by"] }, told: /`order_by`/, shown: /order_by/ },
  {
    what: "a filter of one's own",
    entry: { custom_filters: { title: "name" } },
    told: /`title`/,
    shown: /id="list\.title"/,
  },
  { what: "other page sizes", entry: { page_sizes: [10, 25] }, told: /1000/, hidden: /1000\b/ },
  {
    what: "another default",
    entry: { default_page_size: 50 },
    told: /50/,
    shown: /Default: <code>50<|<code>50<\/code>/,
  },
  {
    what: "another form of links",
    entry: { links: "leading-ampersand" },
    told: /`\?&page=1`/,
    shown: /\?&amp;page=1/,
  },
  {
    what: "a list without the slash",
    entry: { trailing_slash: false },
    told: /`\/notification-handlers`/,
    hidden: /<code>\/notification-handlers\/<\/code>/,
  },
  {
    what: "no update",
    entry: { without_operations: ["updateNotificationHandler"] },
    told: /update/i,
    hidden: /id="update"/,
  },
];

describe("the docs show every difference", () => {
  for (const { what, entry, told, shown, hidden } of cases) {
    const bundle = derived(entry);
    test(what, () => {
      const { document, ...surroundings } = bundle();
      const differences = differencesOf(plain().about, surroundings.about);
      expect(differences.map(({ subject }) => subject).join("\n")).toMatch(told);

      const description = createDescription(document, surroundings);
      for (const language of languages.values()) {
        const text = renderReference({
          description,
          language,
          others: [],
          isUntranslated: false,
          root: "../",
          folder: "",
          path: "new.example/index.html",
          address: undefined,
          downloads: [],
        });
        if (shown) expect(text).toMatch(shown);
        if (hidden) expect(text).not.toMatch(hidden);
      }
      const rows = matrixOf(
        instanceEntry(familyName),
        [surroundings.about],
        inEnglish(languages).page,
      ).flatMap((group) => group.rows);
      expect(rows.length).toBeGreaterThan(0);
      for (const { cells } of rows) expect(cells).toHaveLength(1);
    });
  }

  test("nothing is told of two that are alike", () => {
    expect(differencesOf(plain().about, { ...plain().about, baseUrl: "https://other.example/api" })).toEqual(
      [],
    );
  });
});
