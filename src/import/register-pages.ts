import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { generatedPath, projectRoot, readmeFile, registerFile } from "../generate/paths.ts";
import type { InstanceOptions } from "../redocly-plugin/options.js";
import { allOrNothing, readText } from "./all-or-nothing.ts";
import { withEntry } from "./entry-text.ts";
import type { Imported } from "./import-page.ts";
import type { Outcome } from "./outcome.ts";
import { keptPath, type Register, registeredAs, renderFacts } from "./register.ts";

/** Whether a text can be the name of an instance: a host name in lower case. */
export function isRegistrable(name: string): boolean {
  const isHost = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/.test(name);
  // The name becomes a folder's name; Windows reserves some for devices, whatever their extension.
  const isDevice = /^(con|prn|aux|nul|com\d|lpt\d)\./.test(name);
  return isHost && !isDevice && name.length <= 200 && !/\.(json|ts)$/.test(name);
}

/**
 * Registers the instances of pages: their entries in redocly.yaml, the facts in pages/, and everything that is derived. If a page can't be
 * registered, or anything fails, all files are restored.
 *
 * @param today the date for pages that show none: `2026-11-21`
 */
export async function registerPages(
  outcomes: readonly Outcome[],
  register: Register,
  options: { readonly today: string; onStep(text: string): void },
): Promise<Outcome[]> {
  const names = outcomes.map((each) => ("imported" in each ? each.imported.result.instance : null));
  const refusals = outcomes.map((each, index) => {
    if (!("imported" in each)) return each.error;
    const name = names[index] ?? null;
    const isTwice = name !== null && names.indexOf(name) !== index;
    return isTwice ? `Another page of ${name} is given, too: give one.` : refusalOf(each.imported, register);
  });
  if (refusals.some((each) => each !== undefined)) {
    return outcomes.map((each, index) =>
      "imported" in each ? { ...each, refused: refusals[index] ?? "Another page can't be written." } : each,
    );
  }
  const files = filesOf(outcomes, register, options.today);
  const stale = [...files].filter(([path, text]) => readText(path) !== text);
  if (stale.length === 0)
    return outcomes.map((each) => ("imported" in each ? { ...each, written: [] } : each));
  options.onStep("Generating everything that is derived from it ...");
  const written = await writeAll(new Map(stale));
  return outcomes.map((each) => ("imported" in each ? { ...each, written } : each));
}

/** Why a page can't be registered; undefined if it can. */
function refusalOf({ result, registered }: Imported, register: Register): string | undefined {
  const { instance, entry, complete, findings, language } = result;
  if (instance === null || entry?.base_url == null) return "The page names no URL of the API.";
  if (!isRegistrable(instance))
    return `${instance} can't be the name of an instance: give one with --name, such as panel.example.`;
  const owner = registeredAs(register, entry.base_url);
  if (owner !== undefined && owner !== instance) return `${entry.base_url} is registered as ${owner}.`;
  if (registered !== undefined && registered.base_url !== entry.base_url)
    return `${instance} is registered with ${registered.base_url}: give another name with --name.`;
  if (!complete)
    return `It is not whole: ${findings.find(({ kind }) => kind === "incomplete")?.message ?? ""}`;
  if (entry.links === null) return "It shows no form of links that the contract knows.";
  if (language === null) return "Its language can't be told: say it with --language.";
  return undefined;
}

/** The new text of each file, by path. */
function filesOf(outcomes: readonly Outcome[], register: Register, today: string): Map<string, string> {
  const files = new Map<string, string>();
  let text = readFileSync(registerFile, "utf8");
  for (const each of outcomes) {
    if (!("imported" in each)) continue;
    const { facts, result } = each.imported;
    const name = result.instance ?? "";
    text = withEntry(text, name, entryToWrite(each.imported, register.get(name), today));
    files.set(keptPath(name), renderFacts(name, facts));
  }
  return files.set(registerFile, text);
}

/** The page's entry, merged with what a person has found out and the page can't say. */
function entryToWrite(
  { result }: Imported,
  before: InstanceOptions | undefined,
  today: string,
): InstanceOptions {
  const { entry, language } = result;
  const { source, ...own } = entry ?? ({} as NonNullable<typeof entry>);
  const url = source.url ?? before?.source.url;
  const custom = { ...own.custom_filters, ...before?.custom_filters };
  const written = {
    ...own,
    source: {
      ...(url !== undefined && { url }),
      language: before?.source.language ?? language ?? "en",
      seen: source.seen ?? today,
      ...(source.example && { example: source.example }),
    },
    ...(Object.keys(custom).length > 0 && { custom_filters: custom }),
  } as InstanceOptions;
  // In the order of the existing entries.
  const { base_url, source: page, types, ...rest } = written;
  return { base_url, source: page, types, ...rest };
}

/** Writes files and generates what is derived. If that fails, all files are restored. */
async function writeAll(files: ReadonlyMap<string, string>): Promise<string[]> {
  const derived = await allOrNothing(files, { folder: generatedPath(), files: [readmeFile] }, async () => {
    // The generator takes seconds to load, so it is loaded only when something is written.
    const { generate } = await import("../generate/index.ts");
    return await generate();
  });
  return [...[...files.keys()].map((path) => relative(projectRoot, path).replaceAll("\\", "/")), ...derived];
}
