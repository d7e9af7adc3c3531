import { readFile } from "node:fs/promises";

/** The script that comes with the package. In a clone it is bundled. */
const built = new URL("page-script.js", import.meta.url);

/** The page's script: one module without imports. */
export async function pageScript(): Promise<string> {
  try {
    return await readFile(built, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    return bundled();
  }
}

async function bundled(): Promise<string> {
  // Imported by a URL that the compiler does not follow, so that the package does not depend on the bundler.
  const { bundlePage } = await import(new URL("../../package/page-script.ts", import.meta.url).href);
  return bundlePage();
}
