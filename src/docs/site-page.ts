import { english, inEnglish, type Language, languageFor } from "./languages.ts";

/** A page of the site that is not about a single instance, in one language. */
export interface SitePage {
  readonly language: Language;
  readonly languages: ReadonlyMap<string, Language>;
  /** The relative path to the site's folder, with a final slash; empty in that folder. */
  readonly root: string;
  /** The page's path in the site: `fr/differences.html`. */
  readonly path: string;
  /** The absolute URL of the site, with a final slash, if it is known. */
  readonly address?: string | undefined;
  /** The translations of this page, with relative paths. */
  readonly others: readonly Translation[];
}

/** A page in another language. */
export interface Translation {
  readonly language: Language;
  readonly href: string;
}

/** The folder of a language's pages. English pages are in the site's folder. */
export function folderOf({ code }: Language): string {
  return code === english ? "" : `${code}/`;
}

/** The relative path from a page to the folder of its language. */
export function homeOf({ root, language }: Pick<SitePage, "root" | "language">): string {
  return root + folderOf(language);
}

/** A page of the site in each of its languages, by file name. */
export function sitePages(
  languages: ReadonlyMap<string, Language>,
  file: string,
  address: string | undefined,
): SitePage[] {
  return [...languages.values()].map((language) => {
    const folder = folderOf(language);
    const root = folder === "" ? "" : "../";
    const others = [...languages.values()]
      .filter((each) => each !== language)
      .map((each) => ({ language: each, href: `${root}${folderOf(each)}${file}` }));
    return { language, languages, root, path: folder + file, address, others };
  });
}

/** The folder of an instance's reference: its readers' language has the instance's own folder, all other languages have folders below. */
export function referenceFolder(
  languages: ReadonlyMap<string, Language>,
  instance: { readonly name: string; readonly language: string },
  language: Language,
): string {
  const own = languageFor(languages, instance.language) ?? inEnglish(languages);
  return language.code === own.code ? `${instance.name}/` : `${instance.name}/${language.code}/`;
}
