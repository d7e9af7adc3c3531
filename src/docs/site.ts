import { freshText, makeFile, siteFolder } from "./build.ts";
import { type SiteFile, siteFiles } from "./files.ts";
import { type Language, loadLanguages } from "./languages.ts";
import { createRenderer } from "./renderer.ts";

/** The site of a running server: nothing is made before somebody asks for it. */
export interface Site {
  /** The languages that the site is in, by their tags. */
  languages(): ReadonlyMap<string, Language>;
  /** Whether the site has a file of that path. */
  has(path: string): boolean;
  /**
   * The text of a file, by its path in the site; undefined when there is none. A reference is rendered when it is asked for the first
   * time after a change, and kept in the site's folder.
   *
   * @throws {DocsError} when it can't be rendered
   */
  file(path: string): Promise<string> | undefined;
  /** Ends what renders. */
  close(): void;
}

/** The site, with references kept in the folder: the one that `npm run docs` fills unless said. */
export function openSite(folder: string = siteFolder): Site {
  const renderer = createRenderer();
  const languages = once(() => loadLanguages());
  const files = once(() => siteFiles(languages(), renderer));
  const asked = new Map<string, Promise<string>>();

  async function make(path: string, file: SiteFile): Promise<string> {
    if (file.stamp === undefined) return file.make();
    return (await freshText(folder, path, file)) ?? (await makeFile(folder, path, file));
  }

  return {
    languages,
    has: (path) => files().has(path),
    file(path) {
      const file = files().get(path);
      if (file === undefined) return undefined;
      let text = asked.get(path);
      if (text === undefined) {
        text = make(path, file);
        asked.set(path, text);
        // Who asks at the same time waits for the same; only what comes out of the code never changes and stays.
        const forget = (): void => void asked.delete(path);
        text.then(isOfCode(path) ? undefined : forget, forget);
      }
      return text;
    },
    close: () => renderer.close(),
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

function isOfCode(path: string): boolean {
  return path.startsWith("assets/");
}
