import type { Browser } from "playwright-core";
import {
  descriptionNames,
  familyName,
  instanceEntry,
  instanceNames,
} from "../../../src/description/index.ts";
import { allLanguages, english, languageFor } from "../../../src/docs/index.ts";
import { triesAll } from "../../scope.ts";
import type { Tab } from "../browser.ts";

/** The built site, and the browser that visits it. Both exist when a test begins. */
export interface BuiltSite {
  /** Where its files are. */
  readonly folder: string;
  /** Its `file:` URL, with a final slash. */
  readonly site: string;
  readonly browser: Browser;
  readonly tab: Tab;
}

export const languages = allLanguages();

export function languageOf(name: string): string {
  return languageFor(languages, instanceEntry(name).language)?.code ?? english;
}

/** The path of an instance's reference. */
export function pathOf(name: string, language = languageOf(name)): string {
  return language === languageOf(name) ? `${name}/index.html` : `${name}/${language}/index.html`;
}

/** The instance with the most of something. */
function most(count: (name: string) => number): string {
  return [...instanceNames].sort((a, b) => count(b) - count(a))[0] ?? familyName;
}

/** The instance with the most parameters and types, the one with the fewest parameters, and one that is written from right to left. */
export const richest = most((name) => {
  const { parameters, types } = instanceEntry(name);
  return Object.keys(parameters).length * 100 + types.length;
});
export const plainest = most((name) => -Object.keys(instanceEntry(name).parameters).length);
export const mirrored =
  instanceNames.find((name) => languages.get(languageOf(name))?.direction === "rtl") ?? familyName;

/** A reference in a language. */
export interface Shown {
  readonly path: string;
  readonly name: string;
  readonly language: string;
}

/** Whether every page is visited, and on a phone as well. */
export const isThorough = triesAll("BROWSER_PAGES");
const every = [...languages.keys()];

/**
 * The references that are looked at. axe takes seconds for each, and what others show this one shows as well: the one with the most in it,
 * from right to left. The environment variable BROWSER_PAGES=all has every page in every language looked at.
 */
export const references: readonly Shown[] = (
  isThorough
    ? descriptionNames.flatMap((name) => every.map((language) => ({ name, language })))
    : [{ name: richest, language: languageOf(mirrored) }]
).map(({ name, language }) => ({ name, language, path: pathOf(name, language) }));

/** The other pages: one of each kind, some of them in the language from right to left. */
export const others: readonly string[] = isThorough
  ? every.flatMap((language) => [
      ...["index.html", "differences.html", "assumptions.html", "changelog.html"].map((file) =>
        language === english ? file : `${language}/${file}`,
      ),
      ...instanceNames.map((name) => pathOf(name, language).replace("index", "changelog")),
    ])
  : [
      ...["index.html", "assumptions.html", "changelog.html"],
      `${languageOf(mirrored)}/differences.html`,
      pathOf(mirrored).replace("index", "changelog"),
    ];
