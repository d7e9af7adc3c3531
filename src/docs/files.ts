import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  descriptionNames,
  familyName,
  type InstanceEntry,
  instanceEntry,
  instanceNames,
  loadDescription,
} from "../description/index.ts";
import { assets } from "./assets.ts";
import { renderAssumptions } from "./assumptions.ts";
import { renderChangelog } from "./changelog.ts";
import { instancesScript, renderDifferences } from "./differences.ts";
import { renderFrontPage } from "./front-page.ts";
import { inEnglish, type Language, languageFor } from "./languages.ts";
import { renderLlms } from "./llms.ts";
import { renderNotFound } from "./not-found.ts";
import { renderMarkdown } from "./reference/markdown.ts";
import { renderReference } from "./reference/page.tsx";
import type { ReferencePage } from "./reference/reference-page.ts";
import { robots, sitemap } from "./sitemap.ts";

/** Makes a file of the site. Nothing is read or rendered for it before. */
export type MakeFile = () => Promise<string> | string;

/** What a site is made with. */
export interface SiteOptions {
  /** The absolute address that it is published at, with a slash at the end; without it, pages name no canonical address. */
  readonly address?: string | undefined;
}

const generatedFolder = fileURLToPath(new URL("../../generated/", import.meta.url));

/** What the registry says of each instance, by its name. */
export function instanceEntries(): Map<string, InstanceEntry> {
  return new Map(instanceNames.map((name) => [name, instanceEntry(name)]));
}

/** All files of the site, by their path in it: one front page and a few others, and per instance one reference in each language. */
export function siteFiles(
  languages: ReadonlyMap<string, Language>,
  { address }: SiteOptions = {},
): Map<string, MakeFile> {
  const language = inEnglish(languages);
  const files = new Map<string, MakeFile>();
  files.set("index.html", () =>
    renderFrontPage({
      family: instanceEntry(familyName),
      instances: instanceEntries(),
      languages,
      docs: "",
      address,
    }),
  );
  files.set("differences.html", () => renderDifferences(language, address));
  files.set("assumptions.html", () => renderAssumptions(loadDescription(familyName), language, address));
  files.set("changelog.html", () => renderChangelog(language, address));
  files.set("404.html", () => renderNotFound(language, address));
  files.set("llms.txt", () => renderLlms(instanceEntries(), languages, address));
  files.set("robots.txt", () => robots(address));
  for (const [name, make] of Object.entries(assets)) files.set(`assets/${name}`, make);
  files.set("assets/instances.js", () => instancesScript(instanceEntries()));
  files.set(".nojekyll", () => "");
  for (const name of descriptionNames) {
    const downloads = downloadsOf(name);
    for (const file of downloads) {
      files.set(`${name}/${file}`, () => readFileSync(join(generatedFolder, name, file), "utf8"));
    }
    for (const page of references(name, languages, downloads, address)) {
      files.set(page.path, () => renderReference({ ...page, description: loadDescription(name) }));
      files.set(page.path.replace(/html$/, "md"), () =>
        renderMarkdown({ ...page, description: loadDescription(name) }),
      );
    }
  }
  if (address !== undefined) {
    const pages = [...files.keys()].filter((path) => path.endsWith(".html") && path !== "404.html");
    files.set("sitemap.xml", () => sitemap(pages, address));
  }
  return files;
}

/** What readers can take away of an instance: everything that is derived for it and not code of this project. */
export function downloadsOf(name: string): string[] {
  return readdirSync(join(generatedFolder, name), { withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith(".ts"))
    .map((entry) => entry.name)
    .sort();
}

/**
 * The folder of an instance's reference in a language, with a slash at the end: its own where that is its readers' language.
 * Undefined for an instance that the register does not have.
 */
export function referenceFolder(
  name: string,
  language: Language,
  languages: ReadonlyMap<string, Language>,
): string | undefined {
  if (!descriptionNames.includes(name)) return undefined;
  const own = languageFor(languages, instanceEntry(name).language) ?? inEnglish(languages);
  return language.code === own.code ? `${name}/` : `${name}/${language.code}/`;
}

/** An instance's references: in its readers' language at its own address, in all others below it. */
function references(
  name: string,
  languages: ReadonlyMap<string, Language>,
  downloads: readonly string[],
  address: string | undefined,
): Omit<ReferencePage, "description">[] {
  const entry = instanceEntry(name);
  const found = languageFor(languages, entry.language);
  const own = found ?? inEnglish(languages);
  const all = [own, ...[...languages.values()].filter((each) => each !== own)];
  return all.map((language) => {
    const isOwn = language === own;
    return {
      language,
      others: all
        .filter((each) => each !== language)
        .map((each) => ({ language: each, href: wayTo(each, own, isOwn) })),
      isUntranslated: isOwn && found === undefined,
      root: isOwn ? "../" : "../../",
      folder: isOwn ? "" : "../",
      path: `${referenceFolder(name, language, languages)}index.html`,
      address,
      downloads,
    };
  });
}

/** The way to the same reference in another language. */
function wayTo(language: Language, own: Language, isFromOwn: boolean): string {
  if (language === own) return "../index.html";
  return `${isFromOwn ? "" : "../"}${language.code}/index.html`;
}
