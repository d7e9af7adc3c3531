import { type MakeFile, type SiteOptions, siteFiles } from "./files.ts";
import { allLanguages, type Language } from "./languages.ts";

/** The site of a running server. Files are made on request. */
export interface Site {
  /** The languages of the site, by tag. */
  languages(): ReadonlyMap<string, Language>;
  /** Whether the site has a file with that path. */
  has(path: string): boolean;
  /**
   * The text of a file, by its path in the site; undefined if there is none.
   *
   * @throws {DocsError} when it can't be made
   */
  file(path: string): Promise<string> | undefined;
  /** Forgets the files that were made. */
  forget(): void;
}

/** How many pages are cached, the last used ones: rendering one takes tens of milliseconds. */
const most = 50;

/** Opens the site for a server. */
export function openSite(options: SiteOptions = {}): Site {
  const files = once((): ReadonlyMap<string, MakeFile> => siteFiles(allLanguages(), options));
  const asked = new Map<string, Promise<string>>();

  return {
    languages: allLanguages,
    has: (path) => files().has(path),
    file(path) {
      const make = files().get(path);
      if (make === undefined) return undefined;
      const text = asked.get(path) ?? Promise.resolve().then(make);
      // The last used page moves to the end.
      asked.delete(path);
      asked.set(path, text);
      text.catch(() => asked.delete(path));
      const [oldest] = asked.keys();
      if (asked.size > most && oldest !== undefined) asked.delete(oldest);
      return text;
    },
    forget: () => asked.clear(),
  };
}

/** Computes a value at the first call. */
function once<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
