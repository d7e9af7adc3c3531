import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { familyName, loadDescription } from "../description/index.ts";
import { type SiteFile, siteFiles } from "./files.ts";
import { loadLanguages } from "./languages.ts";
import { createRenderer } from "./renderer.ts";
import { checkLanguages } from "./translations.ts";

/** Where the site is built, and where a server keeps pages of it: in a clone below dist/, else in the person's own folder for such. */
export const siteFolder = import.meta.url.endsWith(".ts")
  ? fileURLToPath(new URL("../../dist/docs", import.meta.url))
  : join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "notification-handlers", "docs");

/** A step of the build that has ended. */
export interface Step {
  readonly done: number;
  readonly total: number;
  /** What was made, by its path in the site. */
  readonly name: string;
  /** Whether it was there already, made from the same. */
  readonly isKept: boolean;
  readonly milliseconds: number;
}

export interface BuildOptions {
  /** Where to. What is there and no file of the site is removed. */
  readonly folder?: string | undefined;
  readonly onStep?: ((step: Step) => void) | undefined;
}

/** How many files are made at once: while Redoc renders one page, the document of the next is made. */
const atOnce = 2;

/**
 * Builds the site: the front page, the differences, one reference per instance and language. A page that was made from the same before
 * is kept. Every file is whole at any time.
 *
 * @returns the site's files, by their path in it
 * @throws {DocsError} when a translation is missing or too many, or a page can't be rendered
 */
export async function buildDocs({ folder = siteFolder, onStep }: BuildOptions = {}): Promise<string[]> {
  const languages = loadLanguages();
  checkLanguages(languages, loadDescription(familyName));
  const renderer = createRenderer();
  try {
    const files = siteFiles(languages, renderer);
    const jobs = [...files];
    let done = 0;
    const work = async (): Promise<void> => {
      for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) {
        const [name, file] = job;
        const start = performance.now();
        const isKept = (await freshText(folder, name, file)) !== undefined;
        if (!isKept) await makeFile(folder, name, file);
        done += 1;
        onStep?.({ done, total: files.size, name, isKept, milliseconds: performance.now() - start });
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    await removeOthers(folder, files);
    return [...files.keys()].sort();
  } finally {
    renderer.close();
  }
}

/** The text of a file that was made from the same before; undefined where there is none, or where it is made anew each time. */
export async function freshText(
  folder: string,
  path: string,
  { stamp }: SiteFile,
): Promise<string | undefined> {
  const target = join(folder, path);
  if (stamp === undefined || !existsSync(target)) return undefined;
  const text = await readFile(target, "utf8");
  return text.endsWith(mark(stamp())) ? text : undefined;
}

/** Makes a file and puts it into its place, marked by what it was made from; returns its text. */
export async function makeFile(folder: string, path: string, file: SiteFile): Promise<string> {
  const stamp = file.stamp?.();
  const text = (await file.make()) + (stamp === undefined ? "" : mark(stamp));
  const target = join(folder, path);
  const beside = `${target}.${process.pid}`;
  await mkdir(dirname(target), { recursive: true });
  await writeFile(beside, text);
  await rename(beside, target);
  return text;
}

function mark(stamp: string): string {
  return `<!-- made from ${stamp} -->\n`;
}

/** Removes what is no file of the site, of an instance that is no longer in the register for one. */
async function removeOthers(folder: string, files: ReadonlyMap<string, SiteFile>): Promise<void> {
  const wanted = new Set([...files.keys()].flatMap(upwards));
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const target = join(entry.parentPath, entry.name);
    if (!wanted.has(relative(folder, target).split(sep).join("/")))
      await rm(target, { recursive: true, force: true });
  }
}

/** A path and the folders that it is in. */
function upwards(path: string): string[] {
  const steps = path.split("/");
  return steps.map((_step, index) => steps.slice(0, index + 1).join("/"));
}
