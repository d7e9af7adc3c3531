import type { OperationKind } from "../description/index.ts";
import { withoutMarks } from "./characters.ts";
import { completeness } from "./completeness.ts";
import { exampleOf } from "./example.ts";
import { type Fact, kinds, type PageFacts } from "./facts.ts";
import { type Format, formatOf, readLines } from "./format.ts";
import { formsOf } from "./forms.ts";
import type { Knowledge } from "./knowledge.ts";
import type { Labels } from "./labels.ts";
import { languageOf } from "./language.ts";
import { languageTag } from "./language-tag.ts";
import type { Page } from "./line.ts";
import { parametersOf } from "./parameters.ts";
import { prepareRows, type Row, readRows } from "./rows.ts";
import { type KnownSection, type Samples, samplesOf } from "./sample.ts";
import { sectionsOf } from "./section.ts";
import { listIn } from "./values.ts";

export interface ReadOptions {
  /** The name of the file; its extension tells the format. */
  readonly name?: string;
  readonly format?: Format;
  /** The URL that it was fetched from. */
  readonly url?: string;
  /** The words of the labels, if the page of this API was read before. They are used as long as they fit. */
  readonly labelsOf?: (baseUrl: string | null) => Labels | undefined;
  /** The page's language, if the user has given it: a BCP 47 tag. */
  readonly language?: string;
}

/** Reads the facts of any instance's documentation page, in any language, from HTML, Markdown or text. */
export async function readFacts(
  text: string,
  knowledge: Knowledge,
  options: ReadOptions = {},
): Promise<PageFacts> {
  const page = readLines(text, options.format ?? formatOf(text, options.name));
  const all = sectionsOf(page.lines, knowledge);
  const sections = all.flatMap((section): KnownSection[] =>
    section.kind === undefined ? [] : [{ ...section, kind: section.kind, samples: samplesOf(section) }],
  );
  const texts = sections.map(({ kind, samples }) => ({ kind, lines: samples.rest }));
  const samples = samplesByKind(sections);
  const baseUrl = baseUrlOf(sections, samples, knowledge);
  const prepared = prepareRows(texts, knowledge, options.labelsOf?.(baseUrl?.value ?? null));
  const known = new Set(knowledge.family.types);
  // Types that the page lists are recognised in its conditions, whatever the phrasing.
  for (const { name, description } of readRows(prepared, knowledge, known)) {
    if (name !== knowledge.properties.type) continue;
    for (const { text: type } of listIn(description, knowledge.words)?.items ?? []) known.add(type);
  }
  const rows = readRows(prepared, knowledge, known);
  const words = pageWords(sections, rows, knowledge);
  const forms = formsOf(rows, samples, words, knowledge);
  const parameters = parametersOf(rows, forms.phrases, words, knowledge);
  const rest = {
    baseUrl,
    sections: sectionFacts(sections),
    otherOperations: all
      .filter(({ kind, isOurs }) => isOurs && kind === undefined)
      .map(({ method, address, line }) => ({ value: `${method} ${address}`, line })),
    parameters,
    create: forms.create,
    update: forms.update,
    ...exampleOf(sections, knowledge),
  };
  return {
    ...rest,
    labels: prepared.labels,
    language: await languageFor(page, options, knowledge),
    url: options.url ?? page.url ?? null,
    ...completeness(page, sections),
  };
}

async function languageFor(
  page: Page,
  { language }: ReadOptions,
  knowledge: Knowledge,
): Promise<string | null> {
  return (
    languageTag(language) ??
    languageTag(page.language)?.split("-")[0] ??
    (await languageOf(page.lines, knowledge)) ??
    null
  );
}

/** The samples of each operation. If a page mentions an operation twice, the part with the samples counts. */
function samplesByKind(sections: readonly KnownSection[]): ReadonlyMap<OperationKind, readonly Samples[]> {
  return new Map(
    kinds.map((kind) => [kind, sections.filter((each) => each.kind === kind).map(({ samples }) => samples)]),
  );
}

function sectionFacts(sections: readonly KnownSection[]): PageFacts["sections"] {
  const facts: Partial<Record<OperationKind, Fact<{ method: string; hasSlash: boolean }>>> = {};
  for (const { kind, method, hasSlash, line, samples } of sections) {
    // A table of contents also names operations; only parts with a sample count.
    if (
      facts[kind] === undefined ||
      (samples.curl && facts[kind].line < line && isBare(sections, facts[kind].line))
    )
      facts[kind] = { value: { method, hasSlash }, line };
  }
  return facts;
}

const isBare = (sections: readonly KnownSection[], line: number) =>
  sections.some((each) => each.line === line && each.lines.length === 0);

/** Words that are code on this page. */
function pageWords(
  sections: readonly KnownSection[],
  rows: readonly Row[],
  { words }: Knowledge,
): ReadonlySet<string> {
  const all = new Set(words);
  for (const { name, condition = [] } of rows)
    for (const each of [name, ...condition]) if (each) all.add(each);
  for (const { samples } of sections) {
    for (const name of samples.curl?.form.keys() ?? []) all.add(name);
    for (const sample of samples.json) {
      for (const path of [["data"], ["data", 0]])
        for (const { name } of sample.keys(...path) ?? []) all.add(name);
    }
  }
  return all;
}

function baseUrlOf(
  sections: readonly KnownSection[],
  samples: ReadonlyMap<OperationKind, readonly Samples[]>,
  { resource }: Knowledge,
): Fact<string> | null {
  const named = sections.find(({ baseUrl }) => baseUrl !== undefined);
  if (named?.baseUrl !== undefined) return normalUrl(named.baseUrl, named.line);
  for (const { curl } of [...samples.values()].flat()) {
    const url = curl?.urls.find((each) => each.includes(`/${resource}`));
    if (curl && url) return normalUrl(url.slice(0, url.lastIndexOf(`/${resource}`)), curl.line);
  }
  return null;
}

/** Normalised for comparison: the host in lower case and ASCII. */
function normalUrl(text: string, line: number): Fact<string> | null {
  const bare = withoutMarks(text);
  if (!URL.canParse(bare)) return null;
  const url = new URL(bare);
  if (url.username !== "" || url.password !== "" || !/^https?:$/.test(url.protocol)) return null;
  return { value: `${url.origin}${url.pathname.replace(/\/+$/, "")}`, line };
}
