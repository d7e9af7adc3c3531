/** Derives generated/ from openapi/ and redocly.yaml: lints the source, bundles each instance, lints the bundles, makes types and registry. */
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { bundle, type Config, loadConfig, type NormalizedProblem } from "@redocly/openapi-core";
import type { Registry } from "../description/registry-entry.ts";
import { decoratorId } from "../redocly-plugin/instance.js";
import type { InstanceOptions } from "../redocly-plugin/options.js";
import { type Bundle, bundleInstance, familyName, HEADER } from "./bundle.ts";
import { renderClientConstants } from "./client.ts";
import { renderCommon } from "./common.ts";
import { digestFile, renderDigest } from "./digest.ts";
import type { OpenApiDocument } from "./document.ts";
import { GenerateError } from "./error.ts";
import { renderInstanceModule } from "./instance-module.ts";
import { bundleLinter, lintSource, printProblems, switchOffSlow } from "./lint.ts";
import { CONFIG, generatedPath, projectRoot, README, SOURCE } from "./paths.ts";
import { withInstanceTable } from "./readme.ts";
import { registryEntry, renderInstanceSchemas, renderRegistry, roleNames } from "./registry.ts";
import { type Shape, shapeOf } from "./shape.ts";
import { generateTypes } from "./types.ts";
import { variantsOf } from "./variants/index.ts";
import { deriveWorkbench, workbenchFile } from "./workbench.ts";

export { isFreshByDigest } from "./digest.ts";
export { GenerateError } from "./error.ts";

/** Called when a step has ended, with its duration in milliseconds. */
export type OnStep = (step: { name: string; detail: string; milliseconds: number }) => void;

export interface GenerateOptions {
  onStep?: OnStep;
  /** The register of instances; tests use another file. */
  configPath?: string;
  /** The output folder; tests use another. */
  outDir?: string;
  /** Called when the contracts are derived and linted, before the types are, which takes longer. */
  onDerived?: (registry: Registry, bundles: readonly Bundle[]) => void;
  /** Check examples only in the bundles, not also in openapi/: it takes half of the time. */
  quick?: boolean;
}

/**
 * Lints the contract and everything derived from it.
 *
 * @returns the names of the bundles that were linted
 * @throws {GenerateError} when there is a problem; the problems are printed to standard error
 */
export async function lint({ onStep, configPath = CONFIG }: GenerateOptions = {}): Promise<string[]> {
  const { bundles } = await deriveBundles(await load(configPath), configPath, onStep);
  await workbenchTypes(onStep);
  return bundles.map((each) => each.name);
}

/**
 * Derives all files of generated/ from openapi/ and redocly.yaml, without writing them.
 *
 * @returns the text of each file, by its path below generated/
 * @throws {GenerateError} when the contract or redocly.yaml is wrong
 */
export async function derive({
  onStep,
  configPath = CONFIG,
  onDerived,
  quick = false,
}: GenerateOptions = {}): Promise<Map<string, string>> {
  const config = await load(configPath);
  if (quick) switchOffSlow(config);
  const { bundles, source } = await deriveBundles(config, configPath, onStep);
  const registry = registryOf(config, bundles, source);
  onDerived?.(registry, bundles);
  const files = new Map<string, string>();
  await step(onStep, "types", `${bundles.length} × schema.d.ts`, () => {
    const typesOfShape = new Map<string, string>();
    for (const { name, yaml, shape } of bundles) {
      const types = typesOfShape.get(shape.key) ?? generateTypes(shape.document);
      typesOfShape.set(shape.key, types);
      files.set(`${name}/openapi.yaml`, yaml);
      files.set(`${name}/schema.d.ts`, shape.own(types));
    }
  });
  await step(onStep, "variants", "openapi-3.0.yaml and openapi-flat.yaml of each", () => {
    for (const { name, document } of bundles) {
      for (const [file, yaml] of variantsOf(document, HEADER)) files.set(`${name}/${file}`, yaml);
    }
  });
  await step(
    onStep,
    "registry",
    "registry.json, instances.ts, common.ts, client.ts, index.ts of each",
    () => {
      for (const [name, entry] of Object.entries({ ...registry.instances, [familyName]: registry.family })) {
        files.set(`${name}/index.ts`, renderInstanceModule(name, entry));
      }
      files.set("registry.json", renderRegistry(registry));
      files.set("instances.ts", renderInstanceSchemas(bundles.map(({ name }) => name)));
      files.set("common.ts", renderCommon(registry));
      files.set("client.ts", renderClientConstants(source, registry));
    },
  );
  // Tests with another register don't derive it.
  if (configPath === CONFIG) files.set(workbenchFile, await workbenchTypes(onStep));
  if (configPath === CONFIG) files.set(digestFile, await renderDigest(files));
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

function registryOf(config: Config, bundles: readonly Bundle[], source: OpenApiDocument): Registry {
  const entries = bundles.map(({ name, document }) => {
    return [name, registryEntry(document, source, optionsOf(config, name))] as const;
  });
  const { [familyName]: family, ...instances } = Object.fromEntries(entries);
  if (family === undefined) throw new Error(`There is no api named ${familyName}.`);
  return { roles: roleNames(source), family, instances };
}

/** An instance's entry in redocly.yaml; undefined for the family. */
function optionsOf(config: Config, name: string): InstanceOptions | undefined {
  const { apis } = (config.document?.parsed ?? {}) as {
    apis: Record<string, { decorators?: Record<string, InstanceOptions> }>;
  };
  return apis[name]?.decorators?.[decoratorId];
}

/** A bundle and its shape; bundles with the same shape share work. */
interface ShapedBundle extends Bundle {
  shape: Shape;
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
    if (readme !== undefined) await writeFile(README, readme);
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
  const text = await readFile(README, "utf8");
  const wanted = withInstanceTable(text, instances);
  return wanted === text ? undefined : wanted;
}

async function load(configPath: string): Promise<Config> {
  const config = await loadConfig({ configPath }).catch((error: Error) => {
    throw new GenerateError(`${displayConfig(configPath)} can't be read: ${error.message}`);
  });
  if (apisOf(config).family === undefined) {
    throw new GenerateError(
      `${displayConfig(configPath)}: there is no api named "family", the union of all instances.`,
    );
  }
  return config;
}

/** The instances in the register. Redocly's own type is computed from JSON schemas, which takes the compiler seconds, so it is not used. */
function apisOf(config: Config): Record<string, unknown> {
  const { resolvedConfig } = config as unknown as { resolvedConfig: { apis?: Record<string, unknown> } };
  return resolvedConfig.apis ?? {};
}

/** Lints the source, bundles it, derives each api's contract, and lints the results. */
async function deriveBundles(
  config: Config,
  configPath: string,
  onStep: OnStep | undefined,
): Promise<{ bundles: ShapedBundle[]; source: OpenApiDocument }> {
  await step(onStep, "lint", "openapi/", async () => report(await lintSource(config)));

  const source = await step(onStep, "read", "openapi/", async () => {
    const result = await bundle({ ref: SOURCE, config });
    report(result.problems);
    return result.bundle.parsed as OpenApiDocument;
  });
  const bundles: ShapedBundle[] = [];
  const problems: NormalizedProblem[] = [];
  await step(onStep, "derive", "openapi.yaml of each instance", () => {
    for (const name of Object.keys(apisOf(config))) {
      const result = bundleInstance(config, name, source);
      problems.push(...result.problems);
      if (result.bundle)
        bundles.push({ ...result.bundle, shape: shapeOf(result.bundle, optionsOf(config, name)) });
    }
    report(problems);
  });
  const lintBundle = bundleLinter(await load(configPath));
  const shapes = new Map(bundles.map((each) => [each.shape.key, each]));
  await step(onStep, "lint", `${bundles.length} bundles, ${shapes.size} shapes`, async () => {
    for (const each of shapes.values()) report(await lintBundle(each));
  });
  // Redocly ignores rules and decorators that nobody defines, so a misspelled name would silently disable one.
  const unused = Object.values(config.getUnusedRules()).flat();
  if (unused.length > 0) {
    throw new GenerateError(
      `redocly.yaml names rules or decorators that no plugin defines: ${unused.join(", ")}. Correct the name.`,
    );
  }
  return { bundles, source };
}

/** Warnings count as errors: a contract that others build on must have neither. */
function report(problems: NormalizedProblem[]): void {
  if (problems.length === 0) return;
  printProblems(problems);
  throw new GenerateError(
    problems.length === 1
      ? "The contract has a problem; see above."
      : `The contract has ${problems.length} problems; see above.`,
  );
}

/** The files of generated/ that are missing, different or superfluous. */
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

function displayConfig(configPath: string): string {
  return relative(projectRoot, configPath);
}

async function step<T>(
  onStep: OnStep | undefined,
  name: string,
  detail: string,
  run: () => T | Promise<T>,
): Promise<T> {
  const start = performance.now();
  const result = await run();
  onStep?.({ name, detail, milliseconds: performance.now() - start });
  return result;
}
