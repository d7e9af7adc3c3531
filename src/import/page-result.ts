import type { Entry } from "./entry.ts";
import { fieldsByType, untypedFields } from "./entry.ts";
import { kinds, type PageFacts } from "./facts.ts";
import type { Finding } from "./finding.ts";
import type { Knowledge } from "./knowledge.ts";

/** The result of one page for machines: an element of the array that `--json` prints. */
export interface PageResult {
  readonly page: string;
  readonly instance: string | null;
  readonly base_url: string | null;
  readonly language: string | null;
  /** The list's parameters in the page's order, each once. */
  readonly parameters: readonly {
    name: string;
    required: boolean | null;
    type: string | null;
    enum: readonly (string | number)[] | null;
    default: string | number | null;
    format: string | null;
    repeated: boolean;
  }[];
  readonly filter_datetime_format: string | null;
  /** The text between the path and the page number in `links`. */
  readonly page_query: string | null;
  readonly trailing_comma: boolean | null;
  /** Null if there is no create section, or no row of types in it. */
  readonly types: readonly string[] | null;
  readonly types_complete: boolean;
  readonly fields: Readonly<Record<string, readonly string[]>>;
  readonly untyped_fields: readonly string[];
  readonly sections: Readonly<Record<(typeof kinds)[number], boolean>>;
  readonly complete: boolean;
  readonly findings: readonly Finding[];
  readonly entry: Entry | null;
}

export function resultOf(
  page: string,
  facts: PageFacts,
  { findings, entry, instance }: Pick<PageResult, "findings" | "entry" | "instance">,
  knowledge: Knowledge,
): PageResult {
  const names = facts.parameters.map(({ name }) => name);
  // The first row of each name.
  const first = new Map(facts.parameters.toReversed().map((each) => [each.name, each]));
  const rows = facts.parameters.filter((each) => first.get(each.name) === each);
  return {
    page,
    instance,
    base_url: facts.baseUrl?.value ?? null,
    language: facts.language,
    parameters: rows.map(({ line: _, ...parameter }) => ({
      ...parameter,
      repeated: names.indexOf(parameter.name) !== names.lastIndexOf(parameter.name),
    })),
    filter_datetime_format: facts.parameters.find(({ format }) => format !== null)?.format ?? null,
    page_query: facts.pageQueries[0]?.value ?? null,
    trailing_comma: facts.trailingComma?.value ?? null,
    types: facts.create?.types?.value ?? null,
    types_complete: facts.create?.isTypesWhole ?? false,
    fields: fieldsByType(facts.create?.fields ?? []),
    untyped_fields: untypedFields(facts.create?.fields ?? [], knowledge),
    sections: Object.fromEntries(
      kinds.map((kind) => [kind, facts.sections[kind] !== undefined]),
    ) as PageResult["sections"],
    complete: facts.isComplete,
    findings,
    entry,
  };
}
