import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { CONFIG, projectRoot } from "../generate/paths.ts";
import { decoratorId } from "../redocly-plugin/instance.js";
import { comparable, type InstanceOptions } from "../redocly-plugin/options.js";
import { ImportError } from "./error.ts";
import type { PageFacts } from "./facts.ts";

/** The folder with what was read from each instance's page: a file per instance. */
export const pagesFolder = join(projectRoot, "pages");

/** The registered instances and their entries, by name. */
export type Register = ReadonlyMap<string, InstanceOptions>;

/** Reads redocly.yaml. */
export function readRegister(path: string = CONFIG): Register {
  const { apis } = parse(readFileSync(path, "utf8")) as {
    apis: Record<string, { decorators?: Record<string, InstanceOptions> }>;
  };
  return new Map(
    Object.entries(apis).flatMap(([name, { decorators }]) => {
      const entry = decorators?.[decoratorId];
      return entry === undefined ? [] : [[name, entry]];
    }),
  );
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

export const keptPath = (name: string, folder: string = pagesFolder): string => join(folder, `${name}.json`);

/** The text of an instance's file in `pages/`. */
export function renderFacts(name: string, facts: PageFacts): string {
  const about = `What \`npm run import\` read from the documentation page of ${name}: facts and their lines, not the page's text.`;
  return `${JSON.stringify({ about, facts } satisfies KeptFacts, null, 1)}\n`;
}

/** The facts that an instance's entry was made from; undefined if they were not kept. */
export function readKept(name: string, folder: string = pagesFolder): PageFacts | undefined {
  const path = keptPath(name, folder);
  if (!existsSync(path)) return undefined;
  try {
    const { facts } = JSON.parse(readFileSync(path, "utf8")) as KeptFacts;
    if (!Array.isArray(facts.parameters)) throw new Error("it holds no facts");
    return facts;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ImportError(
      `pages/${name}.json can't be read: ${reason}. Import the page again with --write.`,
      { cause: error },
    );
  }
}
