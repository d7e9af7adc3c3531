import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { familyName, loadDescription } from "../description/index.ts";
import { type SiteOptions, siteFiles } from "./files.ts";
import { allLanguages } from "./languages.ts";
import { checkLanguages } from "./translations.ts";

/** The default folder of the site. */
export const siteFolder = fileURLToPath(new URL("../../dist/docs", import.meta.url));

/** A finished step of the build. */
export interface Step {
  readonly done: number;
  readonly total: number;
  /** The path in the site of what was made. */
  readonly name: string;
  readonly bytes: number;
  readonly milliseconds: number;
}

export interface BuildOptions extends SiteOptions {
  /** The folder of the site. Files in it that are not part of the site are removed. */
  readonly folder?: string | undefined;
  readonly onStep?: ((step: Step) => void) | undefined;
}

/**
 * Builds the site: the front page, the differences, and a reference for each instance and language. Files are replaced atomically;
 * unchanged files are not touched.
 *
 * @returns the paths of the site's files
 * @throws {DocsError} when a translation is missing or superfluous
 */
export async function buildDocs({
  folder = siteFolder,
  onStep,
  address,
}: BuildOptions = {}): Promise<string[]> {
  const languages = allLanguages();
  checkLanguages(languages, loadDescription(familyName));
  const files = siteFiles(languages, { address });
  let done = 0;
  for (const [name, make] of files) {
    const start = performance.now();
    const text = await make();
    await put(join(folder, name), text);
    done += 1;
    const bytes = Buffer.byteLength(text);
    onStep?.({ done, total: files.size, name, bytes, milliseconds: performance.now() - start });
  }
  await removeOthers(folder, new Set([...files.keys()].flatMap(upwards)));
  return [...files.keys()].sort();
}

async function put(target: string, text: string): Promise<void> {
  const before = await readFile(target, "utf8").catch(() => undefined);
  if (before === text) return;
  const beside = `${target}.${process.pid}`;
  await mkdir(dirname(target), { recursive: true });
  await writeFile(beside, text);
  await rename(beside, target);
}

/** Removes files that are not part of the site, for example of an instance that is no longer registered. */
async function removeOthers(folder: string, wanted: ReadonlySet<string>): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const target = join(entry.parentPath, entry.name);
    if (!wanted.has(relative(folder, target).split(sep).join("/")))
      await rm(target, { recursive: true, force: true });
  }
}

/** A path and all its parent folders. */
function upwards(path: string): string[] {
  const steps = path.split("/");
  return steps.map((_step, index) => steps.slice(0, index + 1).join("/"));
}
