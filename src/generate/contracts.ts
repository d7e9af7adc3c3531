import { relative } from "node:path";
import { bundle, type Config, loadConfig, type NormalizedProblem } from "@redocly/openapi-core";
import type { Registry } from "../description/index.ts";
import { decoratorId } from "../redocly-plugin/instance.js";
import type { InstanceOptions } from "../redocly-plugin/options.js";
import { type Bundle, bundleInstance, familyName } from "./bundle.ts";
import type { OpenApiDocument } from "./document.ts";
import { GenerateError } from "./error.ts";
import { bundleLinter, lintSource, printProblems, switchOffSlow } from "./lint.ts";
import { CONFIG, projectRoot, SOURCE } from "./paths.ts";
import { registryEntry, roleNames } from "./registry.ts";
import { type Shape, shapeOf } from "./shape.ts";

/** Called when a step has ended, with its name and how long it took in milliseconds. */
export type OnStep = (step: { name: string; detail: string; milliseconds: number }) => void;

export interface GenerateOptions {
  onStep?: OnStep;
  /** The register of instances; another file in tests. */
  configPath?: string;
  /** Where the files go; another folder in tests. */
  outDir?: string;
  /** Told when the contracts are derived and linted. The types, which take longer, are derived when it resolves. */
  onDerived?: (registry: Registry, bundles: readonly Bundle[]) => Promise<void> | void;
}

export interface ContractOptions extends GenerateOptions {
  /** Hold examples against the contract in the bundles; in openapi/, where it takes a third of the time, only to say which file is wrong. */
  quick?: boolean;
  /** Lint nothing: for what is made of a contract that is linted elsewhere. */
  unlinted?: boolean;
}

/** The contract of each instance, the registry, and what they were derived from. */
export interface DerivedContracts {
  /** The family's contract, bundled, its internal annotations in place. */
  source: OpenApiDocument;
  bundles: readonly ShapedBundle[];
  registry: Registry;
}

/**
 * Lints the contract's source, derives the contract of each instance and the registry from it and redocly.yaml, and lints that: without the types
 * and whatever else is generated from them.
 *
 * @throws {GenerateError} when the contract or redocly.yaml is wrong; the problems are printed to standard error
 */
export async function deriveContracts({
  onStep,
  configPath = CONFIG,
  onDerived,
  quick = false,
  unlinted = false,
}: ContractOptions = {}): Promise<DerivedContracts> {
  const config = await load(configPath);
  if (quick) switchOffSlow(config);
  if (!unlinted) await step(onStep, "lint", "openapi/", async () => report(await lintSource(config)));
  const { bundles, source } = await deriveBundles(config, onStep);
  if (!unlinted) {
    await lintBundles(bundles, { configPath, quick }, onStep);
    refuseUnused(config);
  }
  const registry = registryOf(config, bundles, source);
  await onDerived?.(registry, bundles);
  return { source, bundles, registry };
}

/** Redocly ignores a rule or decorator that nobody defines; a slip in its name would switch it off in silence. */
function refuseUnused(config: Config): void {
  const unused = Object.values(config.getUnusedRules()).flat();
  if (unused.length > 0) {
    throw new GenerateError(
      `redocly.yaml names rules or decorators that no plugin defines: ${unused.join(", ")}. Correct the name.`,
    );
  }
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
export interface ShapedBundle extends Bundle {
  shape: Shape;
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

/** Bundles the source, and derives each api's contract. */
async function deriveBundles(
  config: Config,
  onStep: OnStep | undefined,
): Promise<{ bundles: ShapedBundle[]; source: OpenApiDocument }> {
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
  return { bundles, source };
}

/** Lints one bundle of each shape. */
async function lintBundles(
  bundles: readonly ShapedBundle[],
  { configPath, quick }: { configPath: string; quick: boolean },
  onStep: OnStep | undefined,
): Promise<void> {
  const lintBundle = bundleLinter(await load(configPath));
  const shapes = new Map(bundles.map((each) => [each.shape.key, each]));
  await step(onStep, "lint", `${bundles.length} bundles, ${shapes.size} shapes`, async () => {
    for (const each of shapes.values()) {
      const problems = await lintBundle(each);
      // The source says the same with the file to change.
      if (quick && problems.length > 0) report(await lintSource(await load(configPath)));
      report(problems);
    }
  });
}

/** Warnings count as errors here: a contract that others build on has neither. */
export function report(problems: NormalizedProblem[]): void {
  if (problems.length === 0) return;
  printProblems(problems);
  throw new GenerateError(
    problems.length === 1
      ? "The contract has a problem; see above."
      : `The contract has ${problems.length} problems; see above.`,
  );
}

function displayConfig(configPath: string): string {
  return relative(projectRoot, configPath);
}

/** Does something, and tells how long it took. */
export async function step<T>(
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
