import { readFileSync } from "node:fs";
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
import { factsFile, factsScript, renderDifferences } from "./differences.ts";
import { type Download, downloadsOf } from "./downloads.ts";
import { renderFrontPage } from "./front-page.ts";
import { renderInstanceChangelog } from "./instance-changelog.ts";
import { inEnglish, type Language, languageFor } from "./languages.ts";
import { renderLlms } from "./llms.ts";
import { renderNotFound } from "./not-found.ts";
import { type ReferencePage, renderMarkdown, renderReference } from "./reference/index.ts";
import { changesOf, loadReleases, type Release } from "./releases.ts";
import { referenceFolder, type SitePage, sitePages } from "./site-page.ts";
import { robots, sitemap } from "./sitemap.ts";

/** Makes a file of the site. Nothing is read or rendered before it is called. */
export type MakeFile = () => Promise<string> | string;

/** Options of a site. */
export interface SiteOptions {
  /** The absolute URL that the site is published at, with a final slash. Without it, pages have no canonical URLs. */
  readonly address?: string | undefined;
  /** The folder of the releases, for the changelogs of the instances. Default: `releases/`. */
  readonly releases?: string | undefined;
}

/** The registry's entries, by instance name. */
export function instanceEntries(): Map<string, InstanceEntry> {
  return new Map(instanceNames.map((name) => [name, instanceEntry(name)]));
}

/** All files of the site, by path: per language a front page, a few other pages, and a reference for each instance. */
export function siteFiles(
  languages: ReadonlyMap<string, Language>,
  { address, releases }: SiteOptions = {},
): Map<string, MakeFile> {
  const files = new Map<string, MakeFile>();
  let known: Release[] | undefined;
  const released = () => {
    known ??= loadReleases(releases);
    return known;
  };
  const family = instanceEntry(familyName);
  const add = (file: string, render: (page: SitePage) => Promise<string> | string) => {
    for (const page of sitePages(languages, file, address)) files.set(page.path, () => render(page));
  };
  add("index.html", (page) => renderFrontPage({ ...page, family, instances: instanceEntries() }));
  add("differences.html", (page) => renderDifferences(page, instanceNames));
  add("assumptions.html", (page) => renderAssumptions(page, loadDescription(familyName)));
  add("changelog.html", renderChangelog);
  files.set("404.html", () => renderNotFound(languages, address));
  files.set("llms.txt", () => renderLlms(instanceEntries(), languages, address));
  files.set("robots.txt", () => robots(address));
  for (const [name, make] of Object.entries(assets)) files.set(`assets/${name}`, make);
  files.set(".nojekyll", () => "");
  for (const name of instanceNames) {
    files.set(`${name}/${factsFile}`, () => factsScript(name, instanceEntry(name)));
    for (const page of changelogs(name, languages, address))
      files.set(page.path, () => renderInstanceChangelog(page, name, changesOf(released(), name)));
  }
  for (const name of descriptionNames) {
    const downloads = downloadsOf(name);
    for (const { file, source } of downloads) {
      files.set(`${name}/${file}`, () => readFileSync(source, "utf8"));
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

/** The changelog of an instance, next to its reference in each language. */
function changelogs(
  name: string,
  languages: ReadonlyMap<string, Language>,
  address: string | undefined,
): SitePage[] {
  return references(name, languages, [], address).map(({ language, others, root, path }) => {
    const beside = (href: string) => href.replace(/index\.html$/, "changelog.html");
    return {
      language,
      languages,
      root,
      path: beside(path),
      address,
      others: others.map((each) => ({ ...each, href: beside(each.href) })),
    };
  });
}

/** An instance's references: in its readers' language in its own folder, in all other languages in folders below. */
function references(
  name: string,
  languages: ReadonlyMap<string, Language>,
  downloads: readonly Download[],
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
      path: `${referenceFolder(languages, { name, language: entry.language }, language)}index.html`,
      address,
      downloads,
    };
  });
}

/** The relative path to the same reference in another language. */
function wayTo(language: Language, own: Language, isFromOwn: boolean): string {
  if (language === own) return "../index.html";
  return `${isFromOwn ? "" : "../"}${language.code}/index.html`;
}
