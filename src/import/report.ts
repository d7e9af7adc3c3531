import pc from "picocolors";
import { stringify } from "yaml";
import type { PageFacts, Parameter } from "./facts.ts";
import { type Finding, listed } from "./finding.ts";
import type { Imported } from "./import-page.ts";

type Colors = ReturnType<typeof pc.createColors>;

/** What was read from a page, for people: each fact with its line, then the findings, then the entry. */
export function reportOf(
  { result, facts, registered }: Imported,
  isColored: boolean,
  written?: readonly string[],
): string {
  const colors = pc.createColors(isColored);
  const { page, instance, base_url: url, language, complete, findings, entry } = result;
  const state = registered === undefined ? "not registered" : "registered";
  const head = `${colors.bold(page)}: ${instance ?? "no instance is named"}, ${state}, ${complete ? "whole" : "not whole"}`;
  const rows = [
    ["", `API ${url ?? "not seen"}, language ${language === null ? "not told" : languageName(language)}`],
    ...factRows(facts),
  ];
  const width = Math.max(...rows.map(([line]) => line?.length ?? 0), 4);
  const lines = [
    head,
    "",
    colors.dim(`${"line".padStart(width)}  fact`),
    ...rows.map(([line = "", text = ""]) => `${line.padStart(width)}  ${text}`),
    "",
    ...findingLines(findings, colors, width),
  ];
  if (isNothing(facts)) {
    const nothing = "Nothing of the API's documentation was found in it: no method line, no sample, no row.";
    return `${colors.bold(page)}: ${nothing}\n`;
  }
  if (registered === undefined && entry?.base_url != null) {
    const yaml = stringify({ [instance ?? "host"]: entry }, { lineWidth: 110, flowCollectionPadding: true });
    lines.push("", colors.dim("The entry that it would get in redocly.yaml:"), "", yaml.trimEnd());
  }
  if (written !== undefined)
    lines.push(
      "",
      written.length === 0 ? "All of it is registered already." : `Wrote ${written.join(", ")}.`,
    );
  return `${lines.join("\n")}\n`;
}

const isNothing = ({ baseUrl, sections, parameters, create, update }: PageFacts): boolean =>
  baseUrl === null && Object.keys(sections).length + parameters.length === 0 && !create && !update;

function languageName(tag: string): string {
  try {
    return `${new Intl.DisplayNames("en", { type: "language" }).of(tag) ?? tag} (${tag})`;
  } catch {
    return tag;
  }
}

function factRows({ sections, parameters, create, update, pageQueries, example }: PageFacts): string[][] {
  const rows: [number, string][] = [];
  for (const [kind, section] of Object.entries(sections))
    rows.push([section.line, `${kind}: ${section.value.method}`]);
  for (const each of parameters) rows.push([each.line, `list parameter ${parameterText(each)}`]);
  for (const [where, form] of [
    ["create", create],
    ["update", update],
  ] as const) {
    for (const { name, condition, required, type, line } of form?.fields ?? []) {
      const of = condition === undefined ? "" : `, for type ${listed(condition)}`;
      rows.push([
        line,
        `${where} field ${name ?? "without a name"}: ${needText(required)} ${type ?? "of no known type"}${of}`,
      ]);
    }
    // A row of its own: in minified HTML the rows of all fields share a line.
    if (form?.types) rows.push([form.types.line, `${where} types: ${listed(form.types.value)}`]);
  }
  const [query] = pageQueries;
  if (query) rows.push([query.line, `links: ${query.value}1`]);
  if (example.datetime)
    rows.push([example.datetime.line, `datetimes of answers: as ${example.datetime.value}`]);
  return rows.sort(([one], [other]) => one - other).map(([line, text]) => [String(line), text]);
}

function parameterText({ name, required, type, enum: values, default: value, format }: Parameter): string {
  const parts = [
    `${name}: ${needText(required)} ${type ?? "of no known type"}`,
    values && `one of ${listed(values)}`,
    value !== null && `default ${value}`,
    format !== null && `as ${format}`,
  ];
  return parts.filter(Boolean).join(", ");
}

function needText(required: boolean | null): string {
  return required === null ? "perhaps required," : required ? "required" : "optional";
}

const titles = {
  differs: "Differs from what is registered",
  unknown: "Unknown to the contract",
  odd: "Odd",
  missing: "Missing",
} as const;

function findingLines(findings: readonly Finding[], colors: Colors, width: number): string[] {
  if (findings.length === 0) return [colors.green("Nothing differs from the contract.")];
  const paint = { differs: colors.red, unknown: colors.yellow, odd: colors.cyan, missing: colors.yellow };
  return (Object.keys(titles) as (keyof typeof titles)[]).flatMap((level) => {
    const own = findings.filter((each) => each.level === level);
    if (own.length === 0) return [];
    return [
      paint[level](titles[level]),
      ...own.map(
        ({ line, message, kind }) =>
          `${String(line ?? "").padStart(width)}  ${message} ${colors.dim(`[${kind}]`)}`,
      ),
    ];
  });
}
