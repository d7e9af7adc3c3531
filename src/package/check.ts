import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { descriptionNames } from "../description/index.ts";
import { projectRoot } from "../generate/paths.ts";
import { buildPackage, type PackageName } from "./build.ts";

const run = promisify(execFile);

/**
 * Builds a package and packs it as npm would publish it.
 *
 * @param folder where the tarball is written
 * @returns the path of the tarball, and the paths of the files in it, relative to the package's folder
 */
export async function packPackage(
  name: PackageName,
  folder: string,
): Promise<{ tarball: string; files: string[] }> {
  const built = await buildPackage(name);
  const { stdout } = await run("npm", ["pack", "--json", "--silent", "--pack-destination", folder], {
    cwd: join(projectRoot, built),
  });
  const [packed] = JSON.parse(stdout.slice(stdout.indexOf("["))) as [
    { filename: string; files: { path: string }[] },
  ];
  return { tarball: join(folder, packed.filename), files: packed.files.map((file) => file.path) };
}

/** How attw looks at a package: the client for all ways to import it, down to CommonJS and Node 10's resolution; the devkit has ES modules alone. */
const profiles: Readonly<Record<PackageName, readonly string[]>> = {
  // attw does not expand the stars in `exports`.
  client: ["strict", "--include-entrypoints", ...descriptionNames.map((name) => `instances/${name}`)],
  devkit: ["esm-only"],
};

/**
 * Checks a packed package with publint and with "are the types wrong".
 *
 * @param tarball from packPackage
 * @returns the findings of the tools; empty if there are none
 */
export async function checkPackage(name: PackageName, tarball: string): Promise<string[]> {
  const tools = [
    ["publint", "run", tarball, "--strict"],
    ["attw", tarball, "--no-emoji", "--profile", ...profiles[name]],
  ];
  const found = tools.map((tool) =>
    run("npx", ["--no-install", ...tool], { cwd: projectRoot }).then(
      () => [],
      (error) => [`${tool[0]}: ${error.stdout || error.stderr || error.message}`.trim()],
    ),
  );
  return (await Promise.all(found)).flat();
}
