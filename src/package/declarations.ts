import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { projectRoot } from "../generate/paths.ts";
import type { PackageName } from "./build.ts";

const { resolve } = createRequire(import.meta.url);

/** The compilers of users, by the name of the dependency: TypeScript 5.9 and 7. */
export const compilers = ["typescript", "typescript-native"] as const;

/** What there is beside a package where it is used. The client must not need Node's types. */
const surroundings = {
  client: { types: [], lib: ["es2022", "dom", "dom.iterable"] },
  devkit: { types: ["node"] },
} as const satisfies Record<PackageName, object>;

/**
 * Checks every declaration of a built package as a user's compiler does without `skipLibCheck`: also those that no test imports. A build does not
 * notice when the compiler writes a declaration that lacks an import.
 *
 * @param folder where the package is built, below the project's folder or with its dependencies in a `node_modules` next to it
 * @returns what the compilers say; empty if all is well
 */
export async function checkDeclarations(
  name: PackageName,
  folder: string,
  by: readonly (typeof compilers)[number][] = compilers,
): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true });
  const files = entries.filter((path) => path.endsWith(".d.ts")).map((path) => join(folder, path));
  if (files.length === 0) throw new Error(`There is no declaration below ${folder}: is it built?`);
  const place = await mkdtemp(join(tmpdir(), "declarations-"));
  const config = join(place, "tsconfig.json");
  const compilerOptions = {
    noEmit: true,
    strict: true,
    target: "es2022",
    module: "nodenext",
    skipLibCheck: false,
    typeRoots: [join(projectRoot, "node_modules/@types")],
    ...surroundings[name],
  };
  try {
    await writeFile(config, JSON.stringify({ compilerOptions, files }));
    const found: string[] = [];
    for (const compiler of by) {
      const tsc = join(dirname(resolve(`${compiler}/package.json`)), "bin/tsc");
      await promisify(execFile)(process.execPath, [tsc, "-p", config], { cwd: folder }).catch((error) =>
        found.push(`${compiler}: ${error.stdout || error.stderr || error.message}`.trim()),
      );
    }
    return found;
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}
