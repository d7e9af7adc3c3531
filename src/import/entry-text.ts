import { Document, isMap, isScalar, type Pair, parseDocument, type Scalar, visit, type YAMLMap } from "yaml";
import { decoratorId } from "../redocly-plugin/instance.js";
import type { InstanceOptions } from "../redocly-plugin/options.js";
import { ImportError } from "./error.ts";

/** An option as in redocly.yaml: short lists and objects on one line, dates in quotes. */
function render(content: object, indent: number): string {
  const document = new Document(content);
  visit(document, {
    Scalar: (_key, node) => {
      if (typeof node.value === "string" && /^[-+]?\d/.test(node.value)) node.type = "QUOTE_DOUBLE";
    },
    Seq: (_key, node) => {
      if (node.items.every(isScalar)) node.flow = true;
    },
    Pair: (_key, { key, value }) => {
      if (isMap(value) && isScalar(key) && key.value === "example") value.flow = true;
    },
  });
  return document
    .toString({ lineWidth: 0, flowCollectionPadding: true })
    .replace(/\[ ([\w, -]*) \]/g, "[$1]")
    .trimEnd()
    .split("\n")
    .map((line) => (line === "" ? line : " ".repeat(indent) + line))
    .join("\n");
}

/**
 * The text of redocly.yaml with an instance's entry: a new one is added at the end; in an existing one the changed options are replaced.
 * Everything else stays unchanged, comments included.
 *
 * @throws {ImportError} when redocly.yaml does not have the expected structure
 */
export function withEntry(text: string, name: string, entry: InstanceOptions): string {
  const apis = parseDocument(text).get("apis");
  if (!isMap(apis) || apis.items.length === 0) throw new ImportError("redocly.yaml has no map apis.");
  const api = apis.get(name);
  if (api !== undefined) {
    const options = isMap(api) ? api.getIn(["decorators", decoratorId]) : undefined;
    if (!isMap(options)) throw new ImportError(`redocly.yaml: apis: ${name} has no ${decoratorId}.`);
    return changed(text, options, entry);
  }
  const end = endOf(text, apis.items.at(-1));
  const added = { [name]: { root: "openapi/openapi.yaml", decorators: { [decoratorId]: entry } } };
  return `${text.slice(0, end)}\n\n${render(added, 2)}${text.slice(end)}`;
}

/** The text with options of an entry replaced, removed or added. */
function changed(text: string, options: YAMLMap, entry: InstanceOptions): string {
  const indent = (options.range?.[0] ?? 0) - text.lastIndexOf("\n", (options.range?.[0] ?? 0) - 1) - 1;
  const wanted = new Map<string, unknown>(Object.entries(entry));
  let result = text;
  const last = endOf(text, options.items.at(-1));
  const added = [...wanted].filter(([key]) => !options.has(key));
  for (const [key, value] of added.toReversed())
    result = `${result.slice(0, last)}\n${render({ [key]: value }, indent)}${result.slice(last)}`;
  for (const pair of options.items.toReversed()) {
    const key = String((pair.key as Scalar).value);
    const start = (pair.key as Scalar).range?.[0] ?? 0;
    const now = (pair.value as Scalar | YAMLMap | null)?.toJSON();
    if (JSON.stringify(now) === JSON.stringify(wanted.get(key))) continue;
    const own = wanted.has(key) ? render({ [key]: wanted.get(key) }, indent).trimStart() : undefined;
    const from = own === undefined ? result.lastIndexOf("\n", start) : start;
    result = result.slice(0, from) + (own ?? "") + result.slice(endOf(text, pair as Pair));
  }
  return result;
}

/** The end of a pair: after its last character, without the blank lines that belong to a block map. */
function endOf(text: string, pair: Pair | undefined): number {
  const range = (pair?.value as { range?: [number, number, number] } | null | undefined)?.range;
  if (range === undefined) throw new ImportError("redocly.yaml can't be changed: a part of it has no place.");
  return text.slice(0, range[1]).trimEnd().length;
}
