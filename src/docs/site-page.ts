import { english, inEnglish, type Language, languageFor } from "./languages.ts";

/** A page of the site that is of no single instance, in one language. */
export interface SitePage {
  readonly language: Language;
  readonly languages: ReadonlyMap<string, Language>;
  /** The way to the site's folder, with a slash at the end, or empty in it. */
  readonly root: string;
  /** The page's own path in the site: `fr/differences.html`. */
  readonly path: string;
  /** The absolute address of the site, with a slash at the end, where it is known. */
  readonly address?: string | undefined;
  /** The same page in the other languages, and the way to each from this one. */
  readonly others: readonly Translation[];
}

/** A page in another language. */
export interface Translation {
  readonly language: Language;
  readonly href: string;
}

/** The folder of a language's pages: English ones are in the site's own. */
export function folderOf({ code }: Language): string {
  return code === english ? "" : `${code}/`;
}

/** The way from a page to the folder of the pages in its language. */
export function homeOf({ root, language }: Pick<SitePage, "root" | "language">): string {
  return root + folderOf(language);
}

/** A page of the site in each of its languages, by the name of its file. */
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

/** The folder of an instance's reference in a language: in its readers' language at its own address, in all others below it. */
export function referenceFolder(
  languages: ReadonlyMap<string, Language>,
  instance: { readonly name: string; readonly language: string },
  language: Language,
): string {
  const own = languageFor(languages, instance.language) ?? inEnglish(languages);
  return language.code === own.code ? `${instance.name}/` : `${instance.name}/${language.code}/`;
}
