import { relative } from "node:path";
import { bundle, type Config, loadConfig, type NormalizedProblem } from "@redocly/openapi-core";
import { familyName } from "../description/family-name.ts";
import type { InstanceEntry, Registry } from "../description/index.ts";
import { decoratorId, ownerOf } from "../redocly-plugin/instance.js";
import type { InstanceOptions } from "../redocly-plugin/options.js";
import { type Bundle, bundleInstance } from "./bundle.ts";
import type { OpenApiDocument } from "./document.ts";
import { GenerateError } from "./error.ts";
import { bundleLinter, lintSource, printProblems, switchOffSlow } from "./lint.ts";
import { createMemo, digestOf, type Memo } from "./memo.ts";
import { projectRoot, registerFile, sourceFile } from "./paths.ts";
import { registryEntry, roleNames } from "./registry.ts";
import { type Shape, shapeOf } from "./shape.ts";

/** After this time, in milliseconds, the bundles that are linted are passed on, though others are not linted yet. */
const portionMilliseconds = 500;

/** Called when a step has ended, with its name and how long it took in milliseconds. */
export type OnStep = (step: { name: string; detail: string; milliseconds: number }) => void;

export interface GenerateOptions {
  onStep?: OnStep;
  /** The register of instances; another file in tests. */
  configPath?: string;
  /** Where the files go; another folder in tests. */
  outDir?: string;
  /**
   * Called with the whole registry, and with the bundles as they are linted: with all at once, or with some at a time if that takes long.
   * What follows, such as the types, is derived when it has resolved.
   */
  onLinted?: (registry: Registry, bundles: readonly Bundle[]) => Promise<void> | void;
  /** The names of bundles that are linted before the others. */
  first?: readonly string[];
  /** What earlier calls have made, for a process that derives again and again. */
  memo?: Memo;
}

export interface ContractOptions extends GenerateOptions {
  /** Check examples in the bundles only. In openapi/ that takes a third of the time, so it is done only to name the file that is wrong. */
  quick?: boolean;
  /** Lint nothing: for callers whose contract is linted elsewhere. */
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
  configPath = registerFile,
  onLinted,
  first = [],
  memo = createMemo(),
  quick = false,
  unlinted = false,
}: ContractOptions = {}): Promise<DerivedContracts> {
  const config = await load(configPath);
  if (quick) switchOffSlow(config);
  if (!unlinted) await step(onStep, "lint", "openapi/", async () => report(await lintSource(config)));
  const { bundles, source } = await deriveBundles(config, memo, onStep);
  const registry = registryOf(bundles, source);
  if (!unlinted) {
    refuseUnused(config);
    const linted = await bundlesLinter(configPath, quick, memo);
    await step(onStep, "lint", lintedDetail(bundles), async () => {
      for await (const some of inPortions(inOrder(bundles, first), linted)) await onLinted?.(registry, some);
    });
  }
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

function registryOf(bundles: readonly ShapedBundle[], source: OpenApiDocument): Registry {
  const entries = Object.fromEntries(bundles.map(({ name, about }) => [name, about]));
  const { [familyName]: family, ...instances } = entries;
  if (family === undefined) throw new Error(`There is no api named ${familyName}.`);
  return { roles: roleNames(source), family, instances };
}

/** A bundle with its entry in the registry, and its shape, by which work is shared. */
export interface ShapedBundle extends Bundle {
  about: InstanceEntry;
  shape: Shape;
}

async function load(configPath: string): Promise<Config> {
  const config = await loadConfig({ configPath }).catch((error: Error) => {
    throw new GenerateError(
      `${displayConfig(configPath)} can't be read: ${error.message.replace(/\.?$/, ".")}`,
    );
  });
  if (apisOf(config)[familyName] === undefined) {
    throw new GenerateError(
      `${displayConfig(configPath)}: there is no api named "${familyName}", the union of all instances.`,
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
  memo: Memo,
  onStep: OnStep | undefined,
): Promise<{ bundles: ShapedBundle[]; source: OpenApiDocument }> {
  const source = await step(onStep, "read", "openapi/", async () => {
    const result = await bundle({ ref: sourceFile, config });
    report(result.problems);
    return result.bundle.parsed as OpenApiDocument;
  });
  const family = digestOf(source);
  const bundles: ShapedBundle[] = [];
  const problems: NormalizedProblem[] = [];
  await step(onStep, "derive", "openapi.yaml of each instance", async () => {
    for (const name of Object.keys(apisOf(config))) {
      const { api, options, owner } = registered(config, name);
      const derived = await memo.of("bundle", [family, name, api, owner], () => {
        const { bundle: made, problems: found } = bundleInstance(config, name, source);
        problems.push(...found);
        if (made === undefined) return undefined;
        return {
          ...made,
          about: registryEntry(made.document, source, options),
          shape: shapeOf(made, options),
        };
      });
      if (derived !== undefined) bundles.push(derived);
    }
    report(problems);
  });
  return { bundles, source };
}

/** All that a bundle depends on in redocly.yaml: its api, the options in it (the family has none), and who has its base URL. */
function registered(config: Config, name: string) {
  const parsed = config.document?.parsed as {
    apis: Record<string, { decorators?: Record<string, InstanceOptions> }>;
  };
  const api = parsed.apis[name];
  const options = api?.decorators?.[decoratorId];
  return { api, options, owner: ownerOf(parsed, options?.base_url) };
}

/** Makes a linter of bundles, which lints one of each shape, and throws GenerateError. */
async function bundlesLinter(configPath: string, quick: boolean, memo: Memo) {
  const config = await load(configPath);
  const { apis: _, ...rules } = (config.document?.parsed ?? {}) as Record<string, unknown>;
  const lintBundle = bundleLinter(config);
  return (each: ShapedBundle) =>
    memo.of("lint", [rules, each.shape.key], async () => {
      const problems = await lintBundle(each);
      // The source says the same with the file to change.
      if (quick && problems.length > 0) report(await lintSource(await load(configPath)));
      report(problems);
      return true;
    });
}

function lintedDetail(bundles: readonly ShapedBundle[]): string {
  return `${bundles.length} bundles, ${new Set(bundles.map(({ shape }) => shape.key)).size} shapes`;
}

/** These bundles, with those named before the others. */
function inOrder(bundles: readonly ShapedBundle[], first: readonly string[]): ShapedBundle[] {
  const place = new Map(first.map((name, index) => [name, index]));
  const placeOf = ({ name }: Bundle) => place.get(name) ?? first.length;
  return [...bundles].sort((one, other) => placeOf(one) - placeOf(other));
}

/** Runs `run` for each in turn. Yields those that are done each time that `portionMilliseconds` have passed, and at the end. */
async function* inPortions<T>(all: readonly T[], run: (each: T) => Promise<unknown>): AsyncGenerator<T[]> {
  let done: T[] = [];
  let begun = performance.now();
  for (const each of all) {
    await run(each);
    done.push(each);
    if (performance.now() - begun < portionMilliseconds) continue;
    yield done;
    done = [];
    begun = performance.now();
  }
  yield done;
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
