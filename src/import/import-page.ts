import { isDeepStrictEqual } from "node:util";
import type { InstanceOptions } from "../redocly-plugin/options.js";
import { differences } from "./differences.ts";
import { type Entry, entryOf } from "./entry.ts";
import type { PageFacts } from "./facts.ts";
import type { Finding } from "./finding.ts";
import { judge } from "./judge.ts";
import type { Knowledge } from "./knowledge.ts";
import { type PageResult, resultOf } from "./page-result.ts";
import { type ReadOptions, readFacts } from "./read.ts";
import { keptFile, keptNames, pagesFolder, type Register, readKept, registeredAs } from "./register.ts";

export interface ImportOptions extends ReadOptions {
  /** The name of the instance. Default: the host of its base URL. */
  readonly instance?: string;
}

/** The contract's knowledge, and the registered instances. */
export interface Contract {
  readonly knowledge: Knowledge;
  readonly register: Register;
  /** The facts that an entry was made from; undefined if none were kept. Throws ImportError if their file can't be read. */
  kept(name: string): PageFacts | undefined;
  /** The names of kept facts that have no entry. */
  unregistered(): string[];
}

/** A page that was read and compared with the contract. */
export interface Imported {
  readonly result: PageResult;
  readonly facts: PageFacts;
  /** The instance's entry; undefined if it is not registered. */
  readonly registered: InstanceOptions | undefined;
}

/** Reads a page and compares it: with the instance's contract if it is registered, otherwise with the family's. */
export async function importPage(
  page: string,
  text: string,
  contract: Contract,
  options: ImportOptions = {},
): Promise<Imported> {
  const named = (baseUrl: string | null) => nameOf(baseUrl, contract.register, options.instance);
  const keptOf = (name: string | null) =>
    name === null || !contract.register.has(name) ? undefined : contract.kept(name);
  // Known words of its labels help to find rows with other labels.
  const labelsOf = (baseUrl: string | null) => keptOf(named(baseUrl))?.labels;
  const facts = await readFacts(text, contract.knowledge, { ...options, labelsOf });
  const name = named(facts.baseUrl?.value ?? null);
  return imported(page, facts, contract, name, keptOf(name));
}

/**
 * Compares the kept facts of an instance with its entry, as if its page were read again. If there is no entry, that is the only finding.
 *
 * @returns undefined if no facts were kept
 */
export function checkKept(name: string, contract: Contract): Imported | undefined {
  const kept = contract.kept(name);
  if (kept === undefined) return undefined;
  const checked = imported(keptFile(name), kept, contract, name, kept);
  if (checked.registered !== undefined) return checked;
  const message = `redocly.yaml has no entry ${name}: import its page with --write, or remove ${keptFile(name)}.`;
  const findings: Finding[] = [{ kind: "not-registered", level: "missing", message, line: null }];
  return { ...checked, result: { ...checked.result, findings } };
}

/** The contract and the register, with what was kept of pages in `folder`. */
export function openContract(knowledge: Knowledge, register: Register, folder = pagesFolder): Contract {
  const known = new Map<string, PageFacts | undefined>();
  return {
    knowledge,
    register,
    kept(name) {
      if (!known.has(name)) known.set(name, readKept(name, folder));
      return known.get(name);
    },
    unregistered: () => keptNames(folder).filter((name) => !register.has(name)),
  };
}

function imported(
  page: string,
  facts: PageFacts,
  contract: Contract,
  instance: string | null,
  kept: PageFacts | undefined,
): Imported {
  const { knowledge, register } = contract;
  const entry = entryOf(facts, knowledge);
  const registered = instance === null ? undefined : register.get(instance);
  const findings = findingsOf(facts, entry, registered, kept, knowledge);
  return { result: resultOf(page, facts, { findings, entry, instance }, knowledge), facts, registered };
}

function nameOf(baseUrl: string | null, register: Register, given: string | undefined): string | null {
  if (given !== undefined) return given;
  if (baseUrl === null) return null;
  return registeredAs(register, baseUrl) ?? new URL(baseUrl).hostname;
}

function findingsOf(
  facts: PageFacts,
  entry: Entry,
  registered: InstanceOptions | undefined,
  kept: PageFacts | undefined,
  knowledge: Knowledge,
): Finding[] {
  const judged = judge(facts, knowledge, registered);
  if (registered === undefined) {
    const message = "No instance is registered with this base URL: the entry is the one that it would get.";
    return [
      { kind: "not-registered", level: "missing", message, line: facts.baseUrl?.line ?? null },
      ...judged,
    ];
  }
  const changes = kept === undefined ? [] : differences(facts, kept);
  const entryChanges = changes.length > 0 ? [] : entryDiffers(entry, registered, facts);
  if (kept === undefined) return [...entryChanges, ...judged];
  // Consequences of a change are reported with it; what was so before is not.
  const known = new Set(judge(kept, knowledge, registered).map(subject));
  const isTold = changes.some(({ kind }) => kind === "section-missing");
  const rest = judged.filter((each) => (each.level === "missing" ? !isTold : known.has(subject(each))));
  return [...changes, ...entryChanges, ...rest];
}

/** The identity of a finding, without numbers. */
const subject = ({ kind, message }: Finding) => `${kind} ${message.split(" ")[0]}`;

/** Differences between the entry and the page, one per option. */
function entryDiffers(entry: Entry, registered: InstanceOptions, facts: PageFacts): Finding[] {
  const { source, ...own } = entry;
  const { source: oldSource, ...old } = registered;
  const findings: Finding[] = [];
  const options = [...new Set([...Object.keys(own), ...Object.keys(old)])] as (keyof typeof own)[];
  for (const option of options) {
    const [one, other] = [own[option], old[option]];
    // The page only names such a filter; a person has found out what it compares.
    if (option === "custom_filters" || isDeepStrictEqual(plainOf(one), plainOf(other))) continue;
    const message = `${option}: the page says ${JSON.stringify(one ?? null)}, the register ${JSON.stringify(other ?? null)}.`;
    findings.push({ kind: `entry-${option}`, level: "differs", message, line: lineOf(option, facts) });
  }
  if (source.language !== undefined && source.language.split("-")[0] !== oldSource.language.split("-")[0]) {
    const message = `The page is in ${source.language}, the register says ${oldSource.language}.`;
    findings.push({ kind: "entry-language", level: "differs", message, line: null });
  }
  return findings;
}

const plainOf = (value: unknown): unknown => (value === undefined ? null : JSON.parse(JSON.stringify(value)));

function lineOf(option: string, { baseUrl, create, pageQueries, sections }: PageFacts): number | null {
  if (option === "base_url") return baseUrl?.line ?? null;
  if (option === "links") return pageQueries[0]?.line ?? null;
  if (/type|field/.test(option)) return create?.types?.line ?? null;
  return sections.list?.line ?? null;
}
