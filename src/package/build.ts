import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildClient } from "./client.ts";
import { buildDevkit } from "./devkit.ts";

/** The folder of the project. */
export const projectRoot = fileURLToPath(new URL("../..", import.meta.url));

/** The packages, by what people call them: where each is built, from the project's folder, and how. */
export const packages = {
  /** What npm publishes from the project's folder: package.json names it in `files` and `exports`. */
  client: { folder: "dist/package", fill: buildClient },
  /** What npm publishes from this folder itself. */
  devkit: { folder: "dist/devkit", fill: buildDevkit },
} as const;

export type PackageName = keyof typeof packages;

/**
 * Builds a package. It is built beside the old one and moved into its place at the end, so that nobody finds half of it.
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
