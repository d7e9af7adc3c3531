import type { InstanceEntry } from "../description/index.ts";
import { GenerateError } from "./error.ts";

/** The markers around the table in README.md. */
const opening = "<!-- The instances: written by `npm run generate`. -->";
const closing = "<!-- End of the instances. -->";

/**
 * README.md with the current table of instances, a row for each.
 *
 * @param readme its text
 * @throws {GenerateError} when the markers of the table are missing
 */
export function withInstanceTable(
  readme: string,
  instances: Readonly<Record<string, InstanceEntry>>,
): string {
  const start = readme.indexOf(opening);
  const end = readme.indexOf(closing, start);
  if (start === -1 || end === -1) {
    throw new GenerateError(
      `README.md has no place for the table of the instances: ${opening} and ${closing}.`,
    );
  }
  const rows = [
    ["instance", "handler types", "list filters", "datetimes in filters", "links of page 1", "its page"],
    ["---", "---", "---", "---", "---", "---"],
    ...Object.entries(instances).map(([name, entry]) => rowOf(name, entry)),
  ];
  const table = rows.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
  return `${readme.slice(0, start)}${opening}\n\n${table}\n\n${readme.slice(end)}`;
}

function rowOf(name: string, entry: InstanceEntry): string[] {
  const { types, open, fields, inertFields, parameters, pageQuery, filterDatetimeFormat, source } = entry;
  const shown = types.map((type) => `\`${type}\`${fields[type]?.length === 0 ? "\\*" : ""}`);
  // All parameters without a default are filters or orders.
  const filters = Object.keys(parameters).filter((parameter) => parameters[parameter]?.default === undefined);
  const inert = Object.values(inertFields).flat().length > 0 ? " †" : "";
  return [
    `[${name}](generated/${name}/openapi.yaml)`,
    `${[...shown, ...(open ? ["any other"] : [])].join(", ")}${inert}`,
    filters.length === 0 ? "" : String(filters.length),
    filterDatetimeFormat === null ? "" : `\`${filterDatetimeFormat}\``,
    `\`${pageQuery}1\``,
    source === null ? "" : pageCell(source),
  ];
}

function pageCell({ url, language, seen }: NonNullable<InstanceEntry["source"]>): string {
  const name = new Intl.DisplayNames("en", { type: "language" }).of(language) ?? language;
  return `${url === undefined ? name : `[${name}](${url})`}, ${seen}`;
}
