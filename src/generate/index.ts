import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { bundle, type Config, loadConfig, type NormalizedProblem } from "@redocly/openapi-core";
import { parsedFile, renderParsed } from "../description/parsed.ts";
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

/** Told when a step has ended: what it was, and how long it took in milliseconds. */
export type OnStep = (step: { name: string; detail: string; milliseconds: number }) => void;

export interface GenerateOptions {
  onStep?: OnStep;
  /** The register of instances; another file in tests. */
  configPath?: string;
  /** Where the files go; another folder in tests. */
  outDir?: string;
  /** Told when the contracts are derived and linted, and before the types are, which takes longer. */
  onDerived?: (registry: Registry, bundles: readonly Bundle[]) => void;
  /** Hold examples against the contract in the bundles alone, not in openapi/, too: it takes half of the time. */
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
 * Derives the contract of each instance and the registry from openapi/ and redocly.yaml: without the types and whatever else is generated
 * from them.
 *
 * @throws {GenerateError} when the contract or redocly.yaml is wrong
 */
export async function deriveContracts(
  options: GenerateOptions = {},
): Promise<{ registry: Registry; bundles: readonly Bundle[] }> {
  const { registry, bundles } = await contracts(options);
  return { registry, bundles };
}

async function contracts({ onStep, configPath = CONFIG, onDerived, quick = false }: GenerateOptions) {
  const config = await load(configPath);
  if (quick) switchOffSlow(config);
  const { bundles, source } = await deriveBundles(config, configPath, onStep);
  const registry = registryOf(config, bundles, source);
  onDerived?.(registry, bundles);
  return { source, bundles, registry };
}

/**
 * Derives all files of generated/ from openapi/ and redocly.yaml, without writing them.
 *
 * @returns the text of each file, by its path below generated/
 * @throws {GenerateError} when the contract or redocly.yaml is wrong
 */
export async function derive(options: GenerateOptions = {}): Promise<Map<string, string>> {
  const { onStep, configPath = CONFIG } = options;
  const { source, bundles, registry } = await contracts(options);
  const files = new Map<string, string>();
  await step(onStep, "types", `${bundles.length} × schema.d.ts`, () => {
    const typesOfShape = new Map<string, string>();
    for (const { name, document, yaml, shape } of bundles) {
      const types = typesOfShape.get(shape.key) ?? generateTypes(shape.document);
      typesOfShape.set(shape.key, types);
      files.set(`${name}/openapi.yaml`, yaml);
      files.set(`${name}/${parsedFile}`, renderParsed(yaml, document));
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
  // Another register, in tests, changes nothing in it.
  if (configPath === CONFIG) files.set(workbenchFile, await workbenchTypes(onStep));
  if (configPath === CONFIG) files.set(digestFile, await renderDigest(files));
  return files;
}

/** Lints the description of the workbench's own paths, and gives its types. */
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

/** A bundle with its shape, by which work is shared. */
interface ShapedBundle extends Bundle {
  shape: Shape;
}

/**
 * Derives generated/ and writes what has changed; files that nothing derives any more are removed.
 *
 * @returns the paths that were written or removed, from the project's folder
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
 * Says whether generated/ is what the contract derives to.
 *
 * @returns the paths that are missing, different or left over, from the project's folder; none when all is fresh
 * @throws {GenerateError} when the contract or redocly.yaml is wrong
 */
export async function checkGenerated(options: GenerateOptions = {}): Promise<{ stale: string[] }> {
  const files = await derive(options);
  const outDir = options.outDir ?? generatedPath();
  const stale = (await staleFiles(files, outDir)).map(displayPath);
  return { stale: (await staleReadme(files, outDir)) === undefined ? stale : [...stale, "README.md"] };
}

/** README.md with the instances of today, where it has others; it belongs to the committed files, and not to those of a test. */
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

/** The register. Redocly's own type of it is worked out from JSON schemas, which takes the compiler seconds, so it is not asked for. */
function apisOf(config: Config): Record<string, unknown> {
  const { resolvedConfig } = config as unknown as { resolvedConfig: { apis?: Record<string, unknown> } };
  return resolvedConfig.apis ?? {};
}

/** Lints the source, bundles it, derives each api's contract, and lints that. */
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
  // Redocly ignores a rule or decorator that nobody defines; a slip in its name would switch it off in silence.
  const unused = Object.values(config.getUnusedRules()).flat();
  if (unused.length > 0) {
    throw new GenerateError(
      `redocly.yaml names what no plugin defines: ${unused.join(", ")}. Correct the name.`,
    );
  }
  return { bundles, source };
}

/** Warnings count as errors here: a contract that others build on has neither. */
function report(problems: NormalizedProblem[]): void {
  if (problems.length === 0) return;
  printProblems(problems);
  throw new GenerateError(
    problems.length === 1
      ? "The contract has a problem; see above."
      : `The contract has ${problems.length} problems; see above.`,
  );
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
