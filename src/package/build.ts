import { execFile } from "node:child_process";
import { rename, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { buildClient } from "./client.ts";

/** The folder of the project. */
export const projectRoot = fileURLToPath(new URL("../..", import.meta.url));

/** What npm publishes, from the project's folder: package.json names it in `files` and `exports`. */
export const packageFolder = "dist/package";

const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");

/**
 * Builds what npm publishes: the client and the sandbox in JavaScript with their declarations, and of generated/ the same, with the types and the
 * description of every instance that is there.
 *
 * It is built beside the old one and moved into its place at the end, so that nobody finds half of it.
 *
 * @throws an error whose `stdout` has the compiler's messages when it does not compile
 */
export async function buildPackage(): Promise<void> {
  const target = join(projectRoot, packageFolder);
  const fresh = `${target}.${process.pid}`;
  await rm(fresh, { recursive: true, force: true });
  await buildClient(projectRoot, fresh);
  // The sandbox runs in Node alone.
  await promisify(execFile)(process.execPath, [tsc, "-p", "tsconfig.build.sandbox.json", "--outDir", fresh], {
    cwd: projectRoot,
  });
  await rm(target, { recursive: true, force: true });
  await rename(fresh, target);
}
