import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { isNode } from "../description/index.ts";
import { projectRoot, registerFile } from "../generate/paths.ts";
import { decoratorId } from "../redocly-plugin/instance.js";
import { comparable, type InstanceOptions } from "../redocly-plugin/options.js";
import { parseSettings, SettingsError, schemaOf } from "../settings/index.ts";
import { ImportError } from "./error.ts";
import type { PageFacts } from "./facts.ts";

/** The folder with what was read from each instance's page: a file per instance. */
export const pagesFolder = join(projectRoot, "pages");

/** The registered instances and their entries, by name. */
export type Register = ReadonlyMap<string, InstanceOptions>;

/** Reads redocly.yaml. Throws ImportError if it can't be read, or has no map `apis`. */
export function readRegister(path: string = registerFile): Register {
  const apis = readApis(path);
  if (!isNode(apis)) throw new ImportError("redocly.yaml has no map apis, with an entry per instance.");
  return new Map(
    Object.entries(apis as Record<string, Api | null>).flatMap(([name, api]) => {
      const entry = api?.decorators?.[decoratorId];
      return isNode(entry) ? [[name, entry]] : [];
    }),
  );
}

interface Api {
  readonly decorators?: Readonly<Record<string, InstanceOptions>>;
}

function readApis(path: string): unknown {
  try {
    return (parse(readFileSync(path, "utf8")) as { apis?: unknown } | null)?.apis;
  } catch (error) {
    const [reason] = (error as Error).message.split("\n", 1);
    throw new ImportError(`redocly.yaml can't be read: ${reason} Correct it, and import again.`, {
      cause: error,
    });
  }
}

/** The name of the instance with a base URL; undefined if there is none. */
export function registeredAs(register: Register, baseUrl: string): string | undefined {
  return [...register].find(([, entry]) => comparable(entry.base_url) === comparable(baseUrl))?.[0];
}

/** The content of a file in `pages/`. */
export interface KeptFacts {
  readonly about: string;
  readonly facts: PageFacts;
}

/** The file of an instance in `pages/`, for messages. */
export const keptFile = (name: string): string => `pages/${name}.json`;

/** The names of the instances whose facts were kept. */
export function keptNames(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((file) => /^(.+)\.json$/.exec(file)?.[1] ?? []);
}

export const keptPath = (name: string, folder: string = pagesFolder): string => join(folder, `${name}.json`);

/** The text of an instance's file in `pages/`. */
export function renderFacts(name: string, facts: PageFacts): string {
  const about = `What \`npm run import\` read from the documentation page of ${name}: facts and their lines, not the page's text.`;
  return `${JSON.stringify({ about, facts } satisfies KeptFacts, null, 1)}\n`;
}

/**
 * The facts that an instance's entry was made from; undefined if they were not kept.
 *
 * @throws {ImportError} if the file can't be read or is damaged: names the first place that is wrong
 */
export function readKept(name: string, folder: string = pagesFolder): PageFacts | undefined {
  const path = keptPath(name, folder);
  if (!existsSync(path)) return undefined;
  const validate = schemaOf("kept-facts");
  try {
    return keptIn(readFileSync(path, "utf8"), keptFile(name), validate).facts;
  } catch (error) {
    const reason =
      error instanceof SettingsError
        ? error.message.split("\n", 1)[0]
        : `${keptFile(name)} can't be read: ${(error as Error).message}.`;
    throw new ImportError(`${reason} Remove the file, and import the page again with --write.`, {
      cause: error,
    });
  }
}

function keptIn(text: string, file: string, validate: ReturnType<typeof schemaOf>): KeptFacts {
  const kept: unknown = JSON.parse(text);
  // Parsing with places takes longer: only what is wrong needs them.
  return validate(kept) ? (kept as KeptFacts) : parseSettings<KeptFacts>(file, text, validate).value;
}
