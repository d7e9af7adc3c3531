import { readFile } from "node:fs/promises";

/** The script as the package has it, made when that is built; a clone makes it when it is asked for. */
const built = new URL("page-script.js", import.meta.url);

let made: Promise<string> | undefined;

/** The page's script: one module that imports nothing. */
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
  // By its address: the compiler does not follow it, so that the package has no bundler.
  const { bundlePage } = await import(new URL("../../package/page-script.ts", import.meta.url).href);
  return bundlePage();
}
