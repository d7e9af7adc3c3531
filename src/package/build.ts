import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { projectRoot } from "../generate/paths.ts";
import { buildClient } from "./client.ts";
import { buildDevkit } from "./devkit.ts";

/** The packages by name: the folder where each is built (relative to the project's folder), and how. */
export const packages = {
  /** npm publishes it from the project's folder: package.json names it in `files` and `exports`. */
  client: { folder: "dist/package", fill: buildClient },
  /** npm publishes it from this folder. */
  devkit: { folder: "dist/devkit", fill: buildDevkit },
} as const;

export type PackageName = keyof typeof packages;

/**
 * Builds a package in a temporary folder next to the old one and swaps them at the end, so that a half-built package is never in place.
 *
 * @throws an error whose `stdout` has the compiler's messages when it does not compile
 */
export async function buildPackage(name: PackageName): Promise<string> {
  const { folder, fill } = packages[name];
  const target = join(projectRoot, folder);
  const fresh = `${target}.${process.pid}`;
  try {
    await rm(fresh, { recursive: true, force: true });
    await fill(projectRoot, fresh);
    await rm(target, { recursive: true, force: true });
    await rename(fresh, target);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  return folder;
}
