import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type InstanceEntry, isNode } from "../description/index.ts";
import { differencesOf } from "./assets/rules.js";
import { DocsError } from "./error.ts";

/** The registry's entries when a version of the contracts was released. */
export interface Release {
  /** By Semantic Versioning. */
  readonly version: string;
  /** The date, as `YYYY-MM-DD`. */
  readonly date: string;
  readonly instances: Readonly<Record<string, InstanceEntry>>;
}

/** What a release changed for a client of an instance. */
export interface ReleaseChanges {
  readonly version: string;
  readonly date: string;
  /** Compared with the previous release of the instance; undefined in its first one. */
  readonly differences: ReturnType<typeof differencesOf> | undefined;
}

/** The folder of the releases: one file each. */
export const releasesFolder = fileURLToPath(new URL("../../releases/", import.meta.url));

const versionForm = /^\d+\.\d+\.\d+(-[\da-z.-]+)?$/i;
const dateForm = /^\d{4}-\d{2}-\d{2}$/;

/**
 * Reads the saved releases, the oldest first; empty if there is no such folder.
 *
 * @throws {DocsError} when a file is not a release
 */
export function loadReleases(folder: string = releasesFolder): Release[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .map((file) => readRelease(folder, file))
    .sort((a, b) => (a.date === b.date ? compareVersions(a, b) : a.date < b.date ? -1 : 1));
}

/** Whether the packages are published, which they are from the first release on. */
export function isPublished(folder: string = releasesFolder): boolean {
  return loadReleases(folder).length > 0;
}

/**
 * Saves the registry's entries as a release. Saving the same again changes nothing.
 *
 * @returns the file
 * @throws {DocsError} when the version or date is invalid, or another contract was released under that version
 */
export function keepRelease(release: Release, folder: string = releasesFolder): string {
  const { version, date, instances } = release;
  if (!versionForm.test(version))
    throw new DocsError(`${JSON.stringify(version)} is not a version: write it as 1.2.3.`);
  if (!isDate(date)) throw new DocsError(`${JSON.stringify(date)} is not a date: write it as 2026-01-31.`);
  const file = join(folder, `${version}.json`);
  if (existsSync(file)) {
    const known = readRelease(folder, `${version}.json`);
    if (JSON.stringify(known.instances) !== JSON.stringify(instances))
      throw new DocsError(`Other contracts were released as ${version} (${file}): choose the next version.`);
    return file;
  }
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, `${JSON.stringify({ version, date, instances }, null, 1)}\n`);
  return file;
}

/** What each release changed for a client of an instance, the newest first. */
export function changesOf(releases: readonly Release[], instance: string): ReleaseChanges[] {
  const having = releases.flatMap(({ version, date, instances }) => {
    const entry = instances[instance];
    return entry === undefined ? [] : [{ version, date, entry }];
  });
  return having
    .map(({ version, date, entry }, index) => {
      const before = having[index - 1]?.entry;
      return { version, date, differences: before && differencesOf(before, entry) };
    })
    .reverse();
}

function readRelease(folder: string, file: string): Release {
  let data: unknown;
  try {
    data = JSON.parse(readFileSync(join(folder, file), "utf8"));
  } catch (error) {
    throw new DocsError(`releases/${file}: ${(error as Error).message}`);
  }
  if (!isNode(data) || !isNode(data.instances) || !isDate(data.date) || `${data.version}.json` !== file)
    throw new DocsError(`releases/${file}: a release must have version, date and instances.`);
  return data as unknown as Release;
}

function isDate(value: unknown): boolean {
  return typeof value === "string" && dateForm.test(value) && !Number.isNaN(Date.parse(value));
}

function compareVersions(a: Release, b: Release): number {
  return a.version.localeCompare(b.version, "en", { numeric: true });
}
