import type { InstanceOptions } from "../redocly-plugin/options.js";
import { fieldsByType, hasUnknownForm, isAnswerDatetime, linkFormOf } from "./entry.ts";
import type { ExamplePart, Field, PageFacts, Parameter } from "./facts.ts";
import { type Finding, listed } from "./finding.ts";
import type { Knowledge } from "./knowledge.ts";

/** The types, fields and filters of an entry that only its instance has. */
type Own = Pick<InstanceOptions, "custom_types" | "extra_fields" | "custom_filters">;

/** Finds what the contract does not know, what is odd, and what is missing. `own`: what it knows of this instance alone; nothing if it is not registered. */
export function judge(facts: PageFacts, knowledge: Knowledge, own: Own = {}): Finding[] {
  return [
    ...unknownTypes(facts, knowledge, own),
    ...facts.parameters
      .filter(({ name }) => !Object.hasOwn(own.custom_filters ?? {}, name))
      .flatMap((each) => unknownParameter(each, facts, knowledge)),
    ...unknownAnswers(facts, knowledge),
    ...otherOperations(facts),
    ...strangeLabels(facts, knowledge),
    ...oddities(facts, knowledge),
    ...formsThatDiffer(facts, knowledge),
    ...(facts.isComplete
      ? []
      : [
          finding(
            "missing",
            "incomplete",
            `The page is not whole: ${facts.missing.join(", ")} not seen.`,
            null,
          ),
        ]),
  ];
}

function finding(level: Finding["level"], kind: string, message: string, line: number | null): Finding {
  return { kind, level, message, line };
}

function unknownTypes({ create }: PageFacts, { family }: Knowledge, own: Own): Finding[] {
  const types = create?.types?.value ?? [];
  const unknown = types.filter(
    (type) => !family.types.includes(type) && !Object.hasOwn(own.custom_types ?? {}, type),
  );
  const knows = (type: string, field: string) =>
    family.fields[type]?.includes(field) || own.extra_fields?.[type]?.includes(field);
  return [
    ...unknown.map((type) =>
      finding("unknown", "unknown-type", `The contract has no type ${type}.`, create?.types?.line ?? null),
    ),
    ...(create?.fields ?? []).flatMap(({ name, condition = [], line }) =>
      condition
        .filter((type) => name !== undefined && family.types.includes(type) && !knows(type, name))
        .map((type) =>
          finding("unknown", "unknown-field", `The contract's type ${type} has no field ${name}.`, line),
        ),
    ),
  ];
}

function unknownParameter(parameter: Parameter, facts: PageFacts, knowledge: Knowledge): Finding[] {
  const { name, line, format } = parameter;
  const { family, properties } = knowledge;
  const known = Object.hasOwn(family.parameters, name) ? family.parameters[name] : undefined;
  if (known === undefined) {
    return [finding("unknown", "unknown-parameter", `The contract has no list parameter ${name}.`, line)];
  }
  const findings: Finding[] = [];
  const own = name === properties.type ? facts.create?.types?.value : undefined;
  const expected = own ?? known.values;
  const isCompared = parameter.enum !== null && expected !== undefined && name !== knowledge.sizeParameter;
  if (isCompared && parameter.type !== "boolean" && !sameSet(parameter.enum, expected)) {
    const message = `${name} takes ${listed(parameter.enum)}; ${own ? "the page's types are" : "the contract knows"} ${listed(expected)}.`;
    findings.push(finding("unknown", "unknown-values", message, line));
  }
  if (format !== null && known.format === undefined)
    findings.push(
      finding("unknown", "unknown-format", `The contract has no datetimes in ${name}: ${format}.`, line),
    );
  if (hasUnknownForm(parameter, facts, knowledge)) {
    const message = `The contract has no datetimes like ${format} for ${name}: the entry leaves it out.`;
    findings.push(finding("unknown", "unknown-format", message, line));
  }
  return findings;
}

const sameSet = (one: readonly unknown[], other: readonly unknown[]) =>
  one.length === other.length && new Set([...one, ...other].map(String)).size === one.length;

function unknownAnswers(facts: PageFacts, knowledge: Knowledge): Finding[] {
  const findings: Finding[] = [];
  const known: Record<ExamplePart, ReadonlySet<string>> = {
    handler: knowledge.allProperties,
    read: knowledge.allProperties,
    meta: knowledge.metaProperties,
    links: knowledge.linkProperties,
  };
  for (const part of ["handler", "read", "meta", "links"] as const) {
    for (const { value, line } of facts.exampleKeys[part]) {
      if (!known[part].has(value))
        findings.push(
          finding("unknown", "unknown-property", `The contract has no property ${value} there.`, line),
        );
    }
  }
  for (const { value, line } of facts.datetimes) {
    if (isAnswerDatetime(value)) continue;
    findings.push(
      finding("unknown", "unknown-datetimes", `The contract's datetimes are not like ${value}.`, line),
    );
  }
  const [link] = facts.pageQueries;
  if (link && linkFormOf(facts, knowledge) === undefined)
    findings.push(
      finding(
        "unknown",
        "unknown-links",
        `The contract has no form of links like ${link.value}1.`,
        link.line,
      ),
    );
  const other = facts.pageQueries.find(({ value }) => value !== link?.value);
  if (link && other)
    findings.push(
      finding(
        "odd",
        "links-differ",
        `This link has ${other.value}, the first one ${link.value}.`,
        other.line,
      ),
    );
  return findings;
}

function otherOperations({ otherOperations, sections }: PageFacts): Finding[] {
  const method = sections.update && sections.update.value.method !== "POST" ? sections.update : undefined;
  return [
    ...otherOperations.map(({ value, line }) =>
      finding("unknown", "unknown-operation", `The contract has no operation ${value}.`, line),
    ),
    ...(method
      ? [
          finding(
            "unknown",
            "unknown-operation",
            `The contract updates with POST, the page with ${method.value.method}.`,
            method.line,
          ),
        ]
      : []),
  ];
}

/** Rows whose labels contradict the contract, or that lack labels which other rows have. */
function strangeLabels(facts: PageFacts, { meaning }: Knowledge): Finding[] {
  const { optional, types } = facts.labels;
  const hasLabels = optional.length > 0 || Object.values(types).some((words) => words.length > 0);
  const rows = [
    ...facts.parameters.map((row) => ({ row, section: "list" as const })),
    ...(facts.create?.fields ?? []).map((row) => ({ row, section: "create" as const })),
    ...(facts.update?.fields ?? []).map((row) => ({ row, section: "update" as const })),
  ];
  return rows.flatMap(({ row, section }): Finding[] => {
    const { name = "this row", required, type, line } = row;
    if (hasLabels && required === null && type === null)
      return [finding("odd", "unknown-labels", `The labels of ${name} are not those of other rows.`, line)];
    const known = row.name === undefined ? undefined : meaning(section, row.name);
    if (known && required !== null && required !== known.required)
      return [
        finding(
          "unknown",
          "other-need",
          `${name} is ${required ? "required" : "optional"} here, and not in the contract.`,
          line,
        ),
      ];
    if (known && type !== null && type !== known.type)
      return [
        finding(
          "unknown",
          "other-type",
          `${name} is of type ${type} here, in the contract of type ${known.type}.`,
          line,
        ),
      ];
    return [];
  });
}

function oddities(facts: PageFacts, { family }: Knowledge): Finding[] {
  const { create, trailingComma, parameters, datetimes } = facts;
  const odd = (kind: string, message: string, line: number | null) => finding("odd", kind, message, line);
  const findings: Finding[] = [];
  const listedTypes = create?.types?.value ?? [];
  for (const { name, nameFrom, condition, line } of create?.fields ?? []) {
    if (name === undefined)
      findings.push(odd("missing-name", "The name of this field is missing, and nothing tells it.", line));
    else if (nameFrom !== "row")
      findings.push(
        odd("missing-name", `The name of this field is missing; it is ${name}, says the ${nameFrom}.`, line),
      );
    const inert = condition?.filter((type) => !listedTypes.includes(type)) ?? [];
    if (inert.length > 0 && listedTypes.length > 0)
      findings.push(
        odd(
          "inert-field",
          `${name ?? "This field"} is for type ${listed(inert)}, which the page does not allow.`,
          line,
        ),
      );
  }
  const fields = fieldsByType(create?.fields ?? []);
  for (const type of listedTypes) {
    if (fields[type] === undefined && (family.fields[type]?.length ?? 0) > 0)
      findings.push(
        odd(
          "type-without-fields",
          `The page allows ${type} and documents no field for it.`,
          create?.types?.line ?? null,
        ),
      );
  }
  if (create?.types && listedTypes.length === 0)
    findings.push(odd("no-types", "The row of types lists none.", create.types.line));
  findings.push(...repeatedRows(parameters));
  if (trailingComma?.value)
    findings.push(
      odd(
        "trailing-comma",
        "The JSON has a comma that nothing follows: no parser takes it.",
        trailingComma.line,
      ),
    );
  const filter = parameters.find(({ format }) => format !== null);
  if (filter?.format?.[0]?.toLowerCase() !== "y" && filter && /^\d{4}-/.test(datetimes[0]?.value ?? ""))
    findings.push(
      odd(
        "datetimes-differ",
        `Filters want datetimes as ${filter.format}, answers have the year first.`,
        filter.line,
      ),
    );
  return findings;
}

function repeatedRows(parameters: readonly Parameter[]): Finding[] {
  const first = new Map<string, Parameter>();
  return parameters.flatMap((each): Finding[] => {
    const before = first.get(each.name);
    if (before === undefined) {
      first.set(each.name, each);
      return [];
    }
    const isSame = JSON.stringify({ ...before, line: 0 }) === JSON.stringify({ ...each, line: 0 });
    const message = isSame
      ? `${each.name} stands at line ${before.line} already.`
      : `${each.name} says another thing at line ${before.line}.`;
    return [finding("odd", isSame ? "repeated-row" : "repeated-row-differs", message, each.line)];
  });
}

/** Create and update must document the same types and fields, except for the flag that enables a handler. */
function formsThatDiffer({ create, update }: PageFacts, { properties }: Knowledge): Finding[] {
  if (create === null || update === null) return [];
  const findings: Finding[] = [];
  const [types, others] = [create.types?.value ?? [], update.types?.value ?? []];
  if (create.types && update.types && !sameSet(types, others))
    findings.push(
      finding(
        "odd",
        "types-differ",
        `Updates take the types ${listed(others)}, creates ${listed(types)}.`,
        update.types.line,
      ),
    );
  const key = ({ name, condition = [] }: Field) => `${name} ${condition.join(",")}`;
  const [inCreate, inUpdate] = [create, update].map(({ fields }) => new Set(fields.map(key)));
  const only = (fields: readonly Field[], there: ReadonlySet<string> | undefined, where: string) =>
    fields
      .filter((field) => field.name !== properties.enabled && !there?.has(key(field)))
      .map(({ name, line }) =>
        finding(
          "odd",
          "field-differs",
          `${name} stands here, and not like this in the form of ${where}.`,
          line,
        ),
      );
  return [
    ...findings,
    ...only(create.fields, inUpdate, "update"),
    ...only(update.fields, inCreate, "create"),
  ];
}
