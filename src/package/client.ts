import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { compile } from "./compile.ts";
import { copyTo } from "./copy.ts";

/**
 * The client in JavaScript with its declarations, and the types and description of every instance from generated/. It is built as ES
 * modules and, in `cjs`, as CommonJS for test runners and tools that load nothing else. It is compiled without Node's types, since it must
 * not need them.
 */
export async function buildClient(root: string, target: string): Promise<void> {
  const cjs = join(target, "cjs");
  await compile(root, "tsconfig.build.json", target);
  // The same code, which has just been checked.
  await compile(root, "tsconfig.build.cjs.json", cjs, "--noCheck");
  await writeFile(join(cjs, "package.json"), '{ "type": "commonjs", "sideEffects": false }\n');
  // tsc copies neither .d.ts files nor files that are not TypeScript.
  await copyTo(root, target, "generated", /schema\.d\.ts$|\.yaml$/);
  await copyTo(root, cjs, "generated", /schema\.d\.ts$/);
  await writeFile(join(target, "package.json"), await clientManifest(root));
  await cp(join(root, "LICENSE"), join(target, "LICENSE"));
  // The package's README is the client's documentation. It must be self-contained: links into this repository would be broken there.
  await cp(join(root, "docs/client.md"), join(target, "README.md"));
}

/** The fields of the project's package.json that the package gets, with paths relative to its folder. */
const published = [
  "name",
  "version",
  "description",
  "license",
  // npm refuses a package with provenance that does not name the repository whose workflow built it.
  "repository",
  "type",
  "sideEffects",
  "main",
  "types",
  "typesVersions",
  "exports",
  "engines",
  "dependencies",
];

/** The text of the package.json of the client. */
export async function clientManifest(root: string): Promise<string> {
  const all = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as Record<string, unknown>;
  const own = Object.fromEntries(published.map((key) => [key, all[key]]));
  return `${JSON.stringify(own, null, 2).replaceAll("./dist/package/", "./")}\n`;
}
