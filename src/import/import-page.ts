import { isDeepStrictEqual } from "node:util";
import type { InstanceOptions } from "../redocly-plugin/options.js";
import { differences } from "./differ.ts";
import { type Entry, entryOf } from "./entry.ts";
import type { PageFacts } from "./facts.ts";
import type { Finding } from "./finding.ts";
import { type PageResult, resultOf } from "./json.ts";
import { judge } from "./judge.ts";
import type { Knowledge } from "./knowledge.ts";
import { type ReadOptions, readFacts } from "./read.ts";
import { type Register, readKept, registeredAs } from "./register.ts";

export interface ImportOptions extends ReadOptions {
  /** The name of the instance; else it is the host of its base URL. */
  readonly instance?: string;
}

/** What the contract knows, and who is registered in it. */
export interface Contract {
  readonly knowledge: Knowledge;
  readonly register: Register;
  /** The facts that an entry rests on. */
  kept(name: string): PageFacts | undefined;
}

/** A page, read and held against the contract. */
export interface Imported {
  readonly result: PageResult;
  readonly facts: PageFacts;
  /** The register's entry of the instance; undefined where it has none. */
  readonly registered: InstanceOptions | undefined;
}

/** Reads a page and holds it against the contract: against the instance's own where it is registered, else against the family's. */
export async function importPage(
  page: string,
  text: string,
  contract: Contract,
  options: ImportOptions = {},
): Promise<Imported> {
  const named = (baseUrl: string | null) => nameOf(baseUrl, contract.register, options.instance);
  const keptOf = (name: string | null) => (name === null ? undefined : contract.kept(name));
  // The words of its labels, where they are known, tell which row has others.
  const labelsOf = (baseUrl: string | null) => keptOf(named(baseUrl))?.labels;
  const facts = await readFacts(text, contract.knowledge, { ...options, labelsOf });
  const name = named(facts.baseUrl?.value ?? null);
  return imported(page, facts, contract, name, keptOf(name));
}

/** Holds the facts that were kept of a registered instance against its entry, as if its page were read again. */
export function checkKept(name: string, contract: Contract): Imported | undefined {
  const kept = contract.kept(name);
  return kept && imported(`pages/${name}.json`, kept, contract, name, kept);
}

export function openContract(knowledge: Knowledge, register: Register): Contract {
  const known = new Map<string, PageFacts | undefined>();
  return {
    knowledge,
    register,
    kept(name) {
      if (!register.has(name)) return undefined;
      if (!known.has(name)) known.set(name, readKept(name));
      return known.get(name);
    },
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
  const judged = judge(facts, knowledge);
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
  // What follows from a change is told with it; what was so before stays so.
  const known = new Set(judge(kept, knowledge).map(subject));
  const isTold = changes.some(({ kind }) => kind === "section-missing");
  const rest = judged.filter((each) => (each.level === "missing" ? !isTold : known.has(subject(each))));
  return [...changes, ...entryChanges, ...rest];
}

/** A finding without the numbers in it. */
const subject = ({ kind, message }: Finding) => `${kind} ${message.split(" ")[0]}`;

/** Where an entry says another thing than the page: a difference for each option. */
function entryDiffers(entry: Entry, registered: InstanceOptions, facts: PageFacts): Finding[] {
  const { source, ...own } = entry;
  const { source: oldSource, ...old } = registered;
  const findings: Finding[] = [];
  const options = [...new Set([...Object.keys(own), ...Object.keys(old)])] as (keyof typeof own)[];
  for (const option of options) {
    const [one, other] = [own[option], old[option]];
    // A filter of its own compares what a person found out; the page gives its name alone.
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
