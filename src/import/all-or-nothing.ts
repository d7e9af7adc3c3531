import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ImportError } from "./error.ts";

/** What is derived of files: everything in a folder, and some other files. */
export interface Derived {
  readonly folder: string;
  readonly files: readonly string[];
}

/**
 * Writes files and makes what is derived of them. If that fails, or the process is told to stop, all of it is as it was before.
 *
 * @param files the new text of each file, by path
 * @throws {ImportError} with the reason, after everything was restored
 */
export async function allOrNothing<T>(
  files: ReadonlyMap<string, string>,
  derived: Derived,
  derive: () => Promise<T>,
): Promise<T> {
  const before = snapshot([...files.keys(), ...derived.files], derived.folder);
  const stop = () => {
    restore(before, derived.folder);
    process.exit(2);
  };
  process.once("SIGINT", stop).once("SIGTERM", stop);
  try {
    for (const [path, text] of files) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
    return await derive();
  } catch (error) {
    restore(before, derived.folder);
    throw new ImportError(`Nothing was changed: ${(error as Error).message}`, { cause: error });
  } finally {
    process.off("SIGINT", stop).off("SIGTERM", stop);
  }
}

/** The current content of files and of all files in a folder; undefined for those that do not exist. */
function snapshot(paths: readonly string[], folder: string): Map<string, string | undefined> {
  return new Map([...paths, ...filesIn(folder)].map((path) => [path, readText(path)]));
}

function restore(before: ReadonlyMap<string, string | undefined>, folder: string): void {
  for (const path of filesIn(folder)) if (!before.has(path)) rmSync(path);
  for (const [path, text] of before) {
    if (readText(path) === text) continue;
    if (text === undefined) rmSync(path);
    else writeFileSync(path, text);
  }
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .map((each) => join(each.parentPath, each.name));
}

/** The text of a file; undefined if it does not exist. */
export function readText(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}
