import { type MakeFile, type SiteOptions, siteFiles } from "./files.ts";
import { type Language, loadLanguages } from "./languages.ts";

/** The site of a running server: nothing is made before somebody asks for it. */
export interface Site {
  /** The languages that the site is in, by their tags. */
  languages(): ReadonlyMap<string, Language>;
  /** Whether the site has a file of that path. */
  has(path: string): boolean;
  /**
   * The text of a file, by its path in the site; undefined when there is none. It is made when it is asked for.
   *
   * @throws {DocsError} when it can't be made
   */
  file(path: string): Promise<string> | undefined;
  /** Ends what the site may have running. */
  close(): void;
}

/** So many pages are kept, those that were asked for last: rendering one takes some tens of milliseconds. */
const most = 50;

/** The site as a server has it. */
export function openSite(options: SiteOptions = {}): Site {
  const languages = once(() => loadLanguages());
  const files = once((): ReadonlyMap<string, MakeFile> => siteFiles(languages(), options));
  const asked = new Map<string, Promise<string>>();

  return {
    languages,
    has: (path) => files().has(path),
    file(path) {
      const make = files().get(path);
      if (make === undefined) return undefined;
      const text = asked.get(path) ?? Promise.resolve().then(make);
      // What was asked for last stands at the end.
      asked.delete(path);
      asked.set(path, text);
      text.catch(() => asked.delete(path));
      const [oldest] = asked.keys();
      if (asked.size > most && oldest !== undefined) asked.delete(oldest);
      return text;
    },
    close: () => asked.clear(),
  };
}

/** What is worked out at the first call. */
function once<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
