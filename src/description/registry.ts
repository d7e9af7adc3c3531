import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { createDescription, type Description, type DescriptionInput } from "./description.ts";
import { familyName } from "./family-name.ts";
import { nearest } from "./known-names.ts";
import { isNode, type Node } from "./nodes.ts";
import { parseBundle, parsedFile } from "./parsed.ts";
import type { InstanceEntry, Registry, RoleNames } from "./registry-entry.ts";

/** The folder of the bundles and the registry. */
export const bundlesFolder = fileURLToPath(new URL("../../generated/", import.meta.url));

/** The name of an instance is not registered. */
export class UnknownInstanceError extends Error {
  readonly instance: string;
  readonly known: readonly string[];

  constructor(instance: string, known: readonly string[]) {
    super(`Unknown instance ${JSON.stringify(instance)}: ${nearest(instance, known)}.`);
    this.name = "UnknownInstanceError";
    this.instance = instance;
    this.known = known;
  }
}

/** The bundles are missing, or can't be read. */
export class BundleError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "BundleError";
  }
}

const registry = readRegistry();
const descriptions = new Map<string, Description>();

/** Names of the registered instances, in the order of the register. */
export const instanceNames: readonly string[] = Object.keys(registry.instances);

/** Names of all bundled descriptions: the instances, then `family`. */
export const descriptionNames: readonly string[] = [...instanceNames, familyName];

/** The contract's names and their roles, without reading a bundle. */
export const roleNames: RoleNames = registry.roles;

/** The registry's entry of an instance, or of `family`, without reading its bundle. Throws UnknownInstanceError. */
export function instanceEntry(name: string): InstanceEntry {
  const entry = name === familyName ? registry.family : registry.instances[name];
  if (entry === undefined || !descriptionNames.includes(name))
    throw new UnknownInstanceError(name, descriptionNames);
  return entry;
}

/**
 * The description of an instance, or of `family`. Read and compiled at the first call, cached afterwards. Throws UnknownInstanceError,
 * which lists the known names, and BundleError if the bundle can't be read.
 */
export function loadDescription(name: string): Description {
  const loaded = descriptions.get(name);
  if (loaded !== undefined) return loaded;
  const about = instanceEntry(name);
  const description = describe(name, () => readBundle(name), { about, roles: registry.roles });
  descriptions.set(name, description);
  return description;
}

/**
 * Makes descriptions from changed bundles: parsed ones, or their YAML, by instance name. Throws BundleError, which names the line at which
 * a bundle is wrong.
 */
export function describeBundles(
  { roles, family, instances }: Registry,
  bundles: ReadonlyMap<string, Node | string>,
): readonly Description[] {
  return [...bundles].flatMap(([name, bundle]) => {
    const about = name === familyName ? family : instances[name];
    if (about === undefined) return [];
    const read = () => (typeof bundle === "string" ? parse(name, bundle) : bundle);
    return [describe(name, read, { about, roles })];
  });
}

/** What this process knows of an instance, or would read, without compiling it. Throws UnknownInstanceError and BundleError. */
export function contractOf(name: string): { readonly about: InstanceEntry; readonly document: Node } {
  const about = instanceEntry(name);
  const document = descriptions.get(name)?.document ?? usable(name, () => readBundle(name));
  return { about, document };
}

/** Replaces the description of a registered instance, for the rest of this process. What was registered since it began stays unknown. */
export function adoptDescription(description: Description): void {
  const { name, about } = description;
  if (!descriptionNames.includes(name)) return;
  descriptions.set(name, description);
  if (name === familyName) registry.family = about;
  else registry.instances[name] = about;
}

/** Throws BundleError at the first import: without a registry there is nothing to serve, to check or to show. */
export function readRegistry(): Registry {
  try {
    const read = JSON.parse(readFileSync(`${bundlesFolder}registry.json`, "utf8")) as Partial<Registry>;
    if (!isNode(read.roles) || !isNode(read.family) || !isNode(read.instances))
      throw new Error("it holds no register");
    return read as Registry;
  } catch (error) {
    const reason = error instanceof Error ? error.message.split("\n", 1)[0] : String(error);
    throw new BundleError(`generated/registry.json can't be used: ${reason}. Run npm run generate.`, {
      cause: error,
    });
  }
}

function readBundle(name: string): Node {
  return parse(name, readFileSync(`${bundlesFolder}${name}/openapi.yaml`, "utf8"));
}

function parse(name: string, yaml: string): Node {
  const document = parseBundle(yaml, `${bundlesFolder}${name}/${parsedFile}`);
  if (!isNode(document)) throw new Error("it holds no object");
  return document;
}

function describe(name: string, read: () => Node, surroundings: Omit<DescriptionInput, "name">): Description {
  return usable(name, () => createDescription(read(), { name, ...surroundings }));
}

/** Throws BundleError where something can't be made of an instance's bundle. */
function usable<T>(name: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    const reason = error instanceof Error ? error.message.split("\n", 1)[0] : String(error);
    throw new BundleError(`generated/${name}/openapi.yaml can't be used: ${reason}. Run npm run generate.`, {
      cause: error,
    });
  }
}
