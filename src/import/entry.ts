import type { OperationKind } from "../description/index.ts";
import type { InstanceOptions } from "../redocly-plugin/options.js";
import { type Field, kinds, type PageFacts, type Parameter, parameterOf } from "./facts.ts";
import type { Knowledge } from "./knowledge.ts";

/** The instance's entry for redocly.yaml. What the page does not show is left out, or null if an entry requires it. */
export type Entry = Omit<InstanceOptions, "base_url" | "links" | "source"> & {
  base_url: string | null;
  links: string | null;
  source: Partial<InstanceOptions["source"]>;
};

/** Characters that could deceive a reader of redocly.yaml: controls, line separators, and those that change the direction of text. */
const unseen = /[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/u;

/** The entry that a page's facts give. */
export function entryOf(facts: PageFacts, knowledge: Knowledge): Entry {
  const { baseUrl, example, language, url } = facts;
  const datetime = example.datetime?.value;
  const isKnownForm = datetime !== undefined && isAnswerDatetime(datetime);
  const shown = {
    ...(example.name && !unseen.test(example.name.value) && { name: example.name.value }),
    ...(isKnownForm && { datetime }),
  };
  return {
    base_url: baseUrl?.value ?? null,
    source: {
      ...(url !== null && /^https?:\/\/\S+$/.test(url) && { url }),
      ...(language !== null && { language }),
      ...(isKnownForm && { seen: datetime.slice(0, 10) }),
      ...(Object.keys(shown).length > 0 && { example: shown }),
    },
    ...typesOf(facts, knowledge),
    links: linkFormOf(facts, knowledge) ?? null,
    ...withoutEmpty({
      filters: filtersOf(facts, knowledge),
      custom_filters: customFiltersOf(facts, knowledge),
    }),
    ...listOf(facts, knowledge),
    ...withoutEmpty({ without_operations: lackingOperations(facts, knowledge) }),
  };
}

/** Whether a text has the form of the datetimes in answers, whose first ten characters are the date. */
export function isAnswerDatetime(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(text);
}

/** The name of the form in which the page writes the URLs of pages; undefined if it shows none, or one that the contract lacks. */
export function linkFormOf(
  { pageQueries }: PageFacts,
  { linkForms, resource }: Knowledge,
): string | undefined {
  const query = pageQueries[0]?.value;
  if (query === undefined) return undefined;
  const exact = linkForms.find((form) => form.query === query);
  const matching = linkForms.find(({ pattern }) =>
    pattern.test(`https://instance.example/${resource}${query}1`),
  );
  return (exact ?? matching)?.name;
}

/** The fields of a form by handler type, in the page's order. */
export function fieldsByType(fields: readonly Field[]): Record<string, string[]> {
  const byType: Record<string, string[]> = Object.create(null);
  for (const { name, condition = [] } of fields) {
    if (name === undefined) continue;
    for (const type of condition) {
      byType[type] ??= [];
      if (!byType[type].includes(name)) byType[type].push(name);
    }
  }
  return byType;
}

/** Fields that the page documents without a type. */
export function untypedFields(fields: readonly Field[], { properties }: Knowledge): string[] {
  const known = [properties.name, properties.type, properties.enabled];
  const untyped = fields.filter(
    ({ name = "", condition }) => condition === undefined && !known.includes(name),
  );
  return [...new Set(untyped.flatMap(({ name }) => (name === undefined ? [] : [name])))];
}

type TypeOptions = Pick<
  Entry,
  "types" | "custom_types" | "without_fields" | "extra_fields" | "inert_fields" | "untyped_fields"
>;

function typesOf({ create, update }: PageFacts, knowledge: Knowledge): TypeOptions {
  const { family } = knowledge;
  const form = create ?? update;
  const listed = form?.types?.value ?? [];
  const fields = fieldsByType(form?.fields ?? []);
  const isKnown = (type: string) => family.types.includes(type);
  const types = listed.filter(isKnown);
  const isOpen = listed.length === 0;
  const custom = (isOpen ? Object.keys(fields) : listed).filter((type) => !isKnown(type));
  const without: Record<string, string[]> = {};
  const extra: Record<string, string[]> = {};
  for (const type of isOpen ? Object.keys(fields).filter(isKnown) : types) {
    const own = fields[type] ?? [];
    const known = family.fields[type] ?? [];
    without[type] = known.filter((field) => !own.includes(field));
    extra[type] = own.filter((field) => !known.includes(field));
  }
  const inert = isOpen ? [] : Object.entries(fields).filter(([type]) => !listed.includes(type));
  return {
    types: isOpen || types.length === 0 ? "unknown" : types,
    ...withoutEmpty({
      custom_types: Object.fromEntries(custom.map((type) => [type, fields[type] ?? []])),
      without_fields: filled(without),
      extra_fields: filled(extra),
      inert_fields: Object.fromEntries(inert),
      untyped_fields: untypedFields(form?.fields ?? [], knowledge),
    }),
  };
}

function filled(byType: Record<string, string[]>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(byType).filter(([, fields]) => fields.length > 0));
}

/** The family's filters that the page has; without those whose datetime format an entry can't express. */
function filtersOf(facts: PageFacts, knowledge: Knowledge): string[] {
  const { pageParameter, sizeParameter, family } = knowledge;
  const known = facts.parameters.filter((each) => !hasUnknownForm(each, facts, knowledge));
  const names = new Set(known.map(({ name }) => name));
  return [...names].filter(
    (name) => Object.hasOwn(family.parameters, name) && name !== pageParameter && name !== sizeParameter,
  );
}

/** Filters that the family lacks, if the property that they compare has their name. */
function customFiltersOf(facts: PageFacts, knowledge: Knowledge): Record<string, string> {
  const { family, comparable } = knowledge;
  const fields = Object.values(fieldsByType(facts.create?.fields ?? [])).flat();
  const names = facts.parameters.map(({ name }) => name);
  const own = names.filter(
    (name) => !Object.hasOwn(family.parameters, name) && (comparable.has(name) || fields.includes(name)),
  );
  return Object.fromEntries(own.map((name) => [name, name]));
}

function listOf(facts: PageFacts, knowledge: Knowledge) {
  const { family, pageParameter, sizeParameter } = knowledge;
  const size = parameterOf(facts, sizeParameter);
  const page = parameterOf(facts, pageParameter);
  const sizes = size?.enum?.filter((each): each is number => typeof each === "number");
  const usual = family.parameters[sizeParameter];
  const form = filterFormOf(facts, knowledge);
  return {
    ...(form !== undefined && form !== family.filterDatetimeFormat && { filter_datetimes: form }),
    ...(sizes?.length &&
      String(sizes) !== String(usual?.values) && { page_sizes: sizes.toSorted((a, b) => a - b) }),
    ...(typeof size?.default === "number" &&
      size.default !== usual?.default && { default_page_size: size.default }),
    ...(typeof page?.default === "number" &&
      page.default !== family.parameters[pageParameter]?.default && { default_page: page.default }),
    ...(facts.sections.list && !facts.sections.list.value.hasSlash && { trailing_slash: false }),
  };
}

/** The datetime format of the list's filters; undefined if no known filter has one that an entry can express. */
function filterFormOf({ parameters }: PageFacts, knowledge: Knowledge): string | undefined {
  const { family, filterForms } = knowledge;
  const forms = parameters.flatMap(({ name, format }) =>
    format !== null && family.parameters[name]?.format ? inPhpNotation(format) : [],
  );
  return forms.find((form) => filterForms.test(form));
}

/** Whether a datetime parameter has another format than the entry states for all. */
export function hasUnknownForm({ name, format }: Parameter, facts: PageFacts, knowledge: Knowledge): boolean {
  if (format === null || !knowledge.family.parameters[name]?.format) return false;
  return inPhpNotation(format) !== filterFormOf(facts, knowledge);
}

/** A datetime format in PHP's notation, also if the page has it in letters for people: `YYYY-MM-DD hh:mm:ss`. */
function inPhpNotation(form: string): string {
  const [date = "", time] = form.split(/[ T]+/);
  const day = date.replace(/yyyy/i, "Y").replace(/mm/i, "m").replace(/dd/i, "d");
  const parts = time?.split(":").map((part, index) => (part.length === 2 ? "His".charAt(index) : part));
  return parts === undefined ? day : `${day} ${parts.join(":")}`;
}

/** Operations that the page lacks. The page is not cut off before them, since other sections follow. */
export function lackingKinds({ sections }: PageFacts): OperationKind[] {
  const last = kinds.findLastIndex((kind) => sections[kind] !== undefined);
  return kinds.filter((kind, index) => index < last && kind !== "list" && sections[kind] === undefined);
}

function lackingOperations(facts: PageFacts, { operationOf }: Knowledge): string[] {
  return lackingKinds(facts).map((kind) => operationOf(kind));
}

/** Removes options without content. */
function withoutEmpty<T extends object>(options: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(options).filter(([, value]) => Object.keys(value).length > 0),
  ) as Partial<T>;
}
