/** Derives generated/ from openapi/ and redocly.yaml: lints the source, bundles each instance, lints the bundles, makes types and registry. */
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { familyName } from "../description/family-name.ts";
import type { Registry } from "../description/index.ts";
import { parsedFile, renderParsed } from "../description/parsed.ts";
import { header } from "./bundle.ts";
import { renderClientConstants } from "./client.ts";
import { renderCommon } from "./common.ts";
import { deriveContracts, type GenerateOptions, type OnStep, report, step } from "./contracts.ts";
import { digestFile, renderDigest } from "./digest.ts";
import { renderInstanceModule } from "./instance-module.ts";
import { createMemo } from "./memo.ts";
import { generatedPath, readmeFile, registerFile } from "./paths.ts";
import { withInstanceTable } from "./readme.ts";
import { renderInstanceSchemas, renderRegistry } from "./registry.ts";
import { generateTypes } from "./types.ts";
import { variantsOf } from "./variants/index.ts";
import { deriveWorkbench, workbenchFile } from "./workbench.ts";

export { deriveContracts, type GenerateOptions, type OnStep } from "./contracts.ts";
export { isFreshByDigest } from "./digest.ts";
export { GenerateError } from "./error.ts";
export { createMemo } from "./memo.ts";

/**
 * Lints the contract and everything derived from it.
 *
 * @returns the names of the bundles that were linted
 * @throws {GenerateError} when there is a problem; the problems are printed to standard error
 */
export async function lint(options: GenerateOptions = {}): Promise<string[]> {
  const { bundles } = await deriveContracts(options);
  await workbenchTypes(options.onStep);
  return bundles.map((each) => each.name);
}

/**
 * Derives all files of generated/ from openapi/ and redocly.yaml, without writing them.
 *
 * @returns the text of each file, by its path below generated/
 * @throws {GenerateError} when the contract or redocly.yaml is wrong
 */
export async function derive(options: GenerateOptions = {}): Promise<Map<string, string>> {
  const { onStep, configPath = registerFile, memo = createMemo() } = options;
  const { source, bundles, registry } = await deriveContracts({ ...options, memo, quick: true });
  const files = new Map<string, string>();
  await step(onStep, "types", `${bundles.length} × schema.d.ts`, async () => {
    for (const { name, document, yaml, shape } of bundles) {
      const types = await memo.of("types", shape.key, () => generateTypes(shape.document()));
      files.set(`${name}/openapi.yaml`, yaml());
      files.set(`${name}/${parsedFile}`, renderParsed(yaml(), document));
      files.set(`${name}/schema.d.ts`, shape.own(types));
    }
  });
  await step(onStep, "variants", "OpenAPI 3.0 and flat form of each", async () => {
    for (const { name, document, yaml } of bundles) {
      const variants = await memo.of("variants", yaml(), () => variantsOf(document, header));
      for (const [file, variant] of variants) files.set(`${name}/${file}`, variant);
    }
  });
  await step(onStep, "registry", "registry.json, index.ts of each", () => {
    for (const [name, entry] of Object.entries({ ...registry.instances, [familyName]: registry.family })) {
      files.set(`${name}/index.ts`, renderInstanceModule(name, entry));
    }
    files.set("registry.json", renderRegistry(registry));
    files.set("instances.ts", renderInstanceSchemas(bundles.map(({ name }) => name)));
    files.set("common.ts", renderCommon(registry));
    files.set("client.ts", renderClientConstants(source, registry));
  });
  // Tests with another register don't derive it.
  if (configPath === registerFile) files.set(workbenchFile, await workbenchTypes(onStep));
  if (configPath === registerFile) files.set(digestFile, await renderDigest(files));
  memo.forgetUnused();
  return files;
}

/** Lints the description of the workbench's own paths, and derives its types. */
function workbenchTypes(onStep: OnStep | undefined): Promise<string> {
  return step(onStep, "workbench", "src/workbench/openapi.yaml", async () => {
    const { problems, types } = await deriveWorkbench();
    report(problems);
    return types;
  });
}

/**
 * Derives generated/ and writes what has changed. Files that are no longer derived are removed.
 *
 * @returns the paths that were written or removed, relative to the project's folder
 * @throws {GenerateError} when the contract or redocly.yaml is wrong; nothing is written then
 */
export async function generate(options: GenerateOptions = {}): Promise<string[]> {
  const files = await derive(options);
  const outDir = options.outDir ?? generatedPath();
  return await step(options.onStep, "write", "generated/", async () => {
    const stale = await staleFiles(files, outDir);
    const readme = await staleReadme(files, outDir);
    if (readme !== undefined) await writeFile(readmeFile, readme);
    for (const file of stale) {
      const path = join(outDir, file);
      const text = files.get(file);
      if (text === undefined) {
        await rm(path);
      } else {
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, text);
      }
    }
    return [...stale.map(displayPath), ...(readme === undefined ? [] : ["README.md"])];
  });
}

/**
 * Checks whether generated/ is up to date.
 *
 * @returns the paths that are missing, different or superfluous, relative to the project's folder; empty if all is fresh
 * @throws {GenerateError} when the contract or redocly.yaml is wrong
 */
export async function checkGenerated(options: GenerateOptions = {}): Promise<{ stale: string[] }> {
  const files = await derive(options);
  const outDir = options.outDir ?? generatedPath();
  const stale = (await staleFiles(files, outDir)).map(displayPath);
  return { stale: (await staleReadme(files, outDir)) === undefined ? stale : [...stale, "README.md"] };
}

/** README.md with the current table of instances, if it has another. Only for the committed files, not for those of a test. */
async function staleReadme(files: ReadonlyMap<string, string>, outDir: string): Promise<string | undefined> {
  if (outDir !== generatedPath()) return undefined;
  const { instances } = JSON.parse(files.get("registry.json") ?? "{}") as Registry;
  const text = await readFile(readmeFile, "utf8");
  const wanted = withInstanceTable(text, instances);
  return wanted === text ? undefined : wanted;
}

/** The files of generated/ that are missing, different or left over. */
async function staleFiles(files: ReadonlyMap<string, string>, outDir: string): Promise<string[]> {
  const stale: string[] = [];
  for (const [file, text] of files) {
    const path = join(outDir, file);
    if (!existsSync(path) || (await readFile(path, "utf8")) !== text) stale.push(file);
  }
  const present = existsSync(outDir) ? await readdir(outDir, { recursive: true, withFileTypes: true }) : [];
  for (const entry of present) {
    const file = relative(outDir, join(entry.parentPath, entry.name)).replaceAll("\\", "/");
    if (entry.isFile() && !files.has(file)) stale.push(file);
  }
  return stale;
}

function displayPath(file: string): string {
  return `generated/${file}`;
}
