import { readFile } from "node:fs/promises";

/** The script that comes with the package. In a clone it is bundled on first use. */
const built = new URL("page-script.js", import.meta.url);

let made: Promise<string> | undefined;

/** The page's script: one module without imports. */
export function pageScript(): Promise<string> {
  made ??= readFile(built, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
    return bundled();
  });
  made.catch(() => {
    made = undefined;
  });
  return made;
}

async function bundled(): Promise<string> {
  // Imported by a URL that the compiler does not follow, so that the package does not depend on the bundler.
  const { bundlePage } = await import(new URL("../../package/page-script.ts", import.meta.url).href);
  return bundlePage();
}
