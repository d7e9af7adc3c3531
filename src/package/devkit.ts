import { chmod, cp, readdir, readFile, writeFile } from "node:fs/promises";
import { isBuiltin } from "node:module";
import { join } from "node:path";
import { compile } from "./compile.ts";
import { copyTo } from "./copy.ts";
import { bundlePage } from "./page-script.ts";

/** Files that the code reads at run time, relative to itself. They have the same place in the package as in the project. */
const data: readonly (readonly [place: string, fits?: RegExp])[] = [
  ["generated", /(registry|parsed)\.json$|\.yaml$/],
  ["openapi/i18n"],
  ["CHANGELOG.md"],
  ["LICENSE"],
  ["releases"],
  ["schemas"],
  ["src/cli/config.schema.json"],
  ["src/cli/log-thread.js"],
  ["src/docs/assets"],
  ["src/workbench/openapi.yaml"],
  ["src/workbench/page/styles"],
];

/** The package's command and main module, relative to its folder. */
const entries = { command: "./src/cli/index.js", code: "./src/devkit/index" };

/**
 * Builds the devkit: the command `notification-handlers`, the modules that tests import, and everything that those import, compiled file by
 * file. Its package.json is derived from the project's and from the imports of the code.
 *
 * @param isChecked whether the types of all that code are checked, which takes longer than all else
 */
export async function buildDevkit(root: string, target: string, isChecked = true): Promise<void> {
  await compile(root, "tsconfig.build.devkit.json", target, ...(isChecked ? [] : ["--noCheck"]));
  for (const [place, fits] of data) await copyTo(root, target, place, fits);
  await cp(join(root, "docs", "workbench.md"), join(target, "README.md"));
  // The README links to it.
  await cp(join(root, "docs", "scale.md"), join(target, "scale.md"));
  for (const shot of await readdir(join(root, "docs/screenshots")))
    if (shot.startsWith("workbench-"))
      await cp(join(root, "docs/screenshots", shot), join(target, "screenshots", shot));
  await chmod(join(target, entries.command), 0o755);
  const manifest = await devkitManifest(root, target);
  // After the manifest, since the bundle already contains what it imports.
  await writeFile(join(target, "src/workbench/page/page-script.js"), await bundlePage());
  await writeFile(join(target, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
}

interface Manifest {
  readonly version: string;
  readonly license: string;
  readonly repository?: unknown;
  readonly engines: Record<string, string>;
  readonly dependencies: Record<string, string>;
  readonly devDependencies: Record<string, string>;
  readonly overrides: Record<string, string>;
}

/** The package.json of the devkit, whose compiled code is in a folder. */
export async function devkitManifest(root: string, target: string): Promise<object> {
  const project: Manifest = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  const { version, license, repository, engines, overrides } = project;
  const known = { ...project.devDependencies, ...project.dependencies };
  const imported = await importedPackages(target);
  const unknown = imported.filter((name) => known[name] === undefined);
  if (unknown.length > 0)
    throw new Error(`the devkit imports what package.json does not name: ${unknown.join(", ")}`);
  return {
    name: "notification-handlers-devkit",
    version,
    description:
      "Mocks, stateful sandboxes and contract checks of the notification-handlers API, as one command and in code.",
    license,
    // Left out as long as there is none: see clientManifest.
    repository,
    type: "module",
    bin: { "notification-handlers": entries.command },
    exports: {
      ".": { types: `${entries.code}.d.ts`, default: `${entries.code}.js` },
      "./config.schema.json": "./src/cli/config.schema.json",
      "./package.json": "./package.json",
    },
    engines,
    // Overrides are added as dependencies: otherwise npm might install later versions of indirect dependencies, which want a later Node.
    dependencies: {
      ...Object.fromEntries(imported.map((name) => [name, known[name]])),
      ...overrides,
    },
  };
}

/** The packages that the code imports, or names as the target of a worker thread. */
async function importedPackages(folder: string): Promise<string[]> {
  const found = new Set<string>();
  const files = await readdir(join(folder, "src"), { recursive: true });
  for (const file of files.filter((it) => /\.[jt]s$/.test(it))) {
    const text = await readFile(join(folder, "src", file), "utf8");
    const imports =
      /^(?:import|export) (?:[^;"'`()=]* from )?"([a-z@][^"]*)"|(?:import\(|target: |\.resolve\()"([a-z@][^"]*)"/gm;
    for (const [, still, later] of text.matchAll(imports)) {
      const name = still ?? later ?? "";
      const [scope = "", rest] = name.split("/");
      if (!isBuiltin(name)) found.add(scope.startsWith("@") ? `${scope}/${rest}` : scope);
    }
  }
  return [...found].sort();
}
