import { createScanner, findNodeAtLocation, type Node, parseTree } from "jsonc-parser";
import type { OperationKind } from "../description/index.ts";
import { withoutMarks } from "./characters.ts";
import type { Line } from "./line.ts";
import { isSampleLine, type Section } from "./section.ts";

/** A JSON sample on a page. */
export interface JsonSample {
  readonly line: number;
  /** Whether its last bracket is there. */
  readonly isComplete: boolean;
  /** The line of the first trailing comma; undefined if there is none. */
  readonly trailingComma: number | undefined;
  /** A value in the sample, with its line. */
  at(...path: (string | number)[]): { value: unknown; line: number } | undefined;
  /** The property names of an object in the sample, with their lines. */
  keys(...path: (string | number)[]): { name: string; line: number }[] | undefined;
}

/** The curl samples of a section, merged, since pages print their lines twice. */
export interface CurlSample {
  readonly line: number;
  /** The kind of each line, in order. Two samples of a page differ only in their values. */
  readonly shape: readonly string[];
  /** The fields of the form; of a repeated field the last value. */
  readonly form: ReadonlyMap<string, string>;
  /** The URLs in the sample. */
  readonly urls: readonly string[];
}

export interface Samples {
  readonly json: readonly JsonSample[];
  readonly curl: CurlSample | undefined;
  /** The lines that belong to no sample. */
  readonly rest: readonly Line[];
}

/** A section about the contract's resource, with its samples separated from its text. */
export interface KnownSection extends Section {
  readonly kind: OperationKind;
  readonly samples: Samples;
}

/** JSON samples on pages have a few dozen lines. */
const maxLines = 5000;

/** A sample may be on one line; its length in characters. */
const maxLength = 100_000;

/** Samples nest five levels deep. Deeper nesting would exhaust the parser's stack. */
const maxDepth = 50;

/** Separates the samples of a section from its text. */
export function samplesOf({ lines }: Section): Samples {
  const json: JsonSample[] = [];
  const curl: Line[] = [];
  const rest: Line[] = [];
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] as Line;
    const text = withoutMarks(line.text);
    if (line.cells === undefined && isSampleLine(text)) curl.push(line);
    else if (line.cells === undefined && text.length < maxLength && /^\{(?=\s*(["“}]|$))/.test(text)) {
      const { sample, used } = jsonAt(lines, index);
      json.push(sample);
      index += used - 1;
    } else rest.push(line);
  }
  return { json, curl: curl.length === 0 ? undefined : curlOf(curl), rest };
}

function jsonAt(lines: readonly Line[], index: number): { sample: JsonSample; used: number } {
  const texts: string[] = [];
  let depth = 0;
  for (let at = index; at < Math.min(lines.length, index + maxLines); at++) {
    const line = lines[at] as Line;
    const text = withoutMarks(line.text).replace(/[“”„]/g, '"');
    if (
      line.cells !== undefined ||
      text.length > maxLength ||
      isSampleLine(text) ||
      !/^["{}[\],\d-]|^(true|false|null)\b/.test(text)
    )
      break;
    depth += depthOf(text);
    if (depth > maxDepth) break;
    texts.push(text);
    if (depth <= 0) break;
  }
  const numbers = lines.slice(index, index + texts.length).map(({ number }) => number);
  return { sample: readJson(texts, numbers, depth <= 0), used: Math.max(1, texts.length) };
}

/** How many more brackets a line opens than it closes. Strings on a page end on their line. */
function depthOf(text: string): number {
  const bare = text.replace(/"(?:[^"\\]|\\.)*"/g, "");
  return (bare.match(/[{[]/g)?.length ?? 0) - (bare.match(/[}\]]/g)?.length ?? 0);
}

function readJson(texts: readonly string[], numbers: readonly number[], isComplete: boolean): JsonSample {
  const text = texts.join("\n");
  const starts = [0];
  for (const each of texts) starts.push((starts.at(-1) ?? 0) + each.length + 1);
  const lineAt = (offset: number) =>
    numbers[starts.findLastIndex((start) => start <= offset)] ?? numbers[0] ?? 0;
  let root: Node | undefined;
  const nodeAt = (path: (string | number)[]) => {
    root ??= parseTree(text, [], { allowTrailingComma: true });
    return root && findNodeAtLocation(root, path);
  };
  const comma = trailingComma(text);
  return {
    line: numbers[0] ?? 0,
    isComplete,
    trailingComma: comma === undefined ? undefined : lineAt(comma),
    at(...path) {
      const node = nodeAt(path);
      return node && { value: node.value as unknown, line: lineAt(node.offset) };
    },
    keys(...path) {
      const node = nodeAt(path);
      if (node?.type !== "object") return undefined;
      return (node.children ?? []).flatMap(({ children: [key] = [] }) =>
        key === undefined ? [] : [{ name: String(key.value), line: lineAt(key.offset) }],
      );
    },
  };
}

function trailingComma(text: string): number | undefined {
  const scanner = createScanner(text, true);
  let comma: number | undefined;
  while (scanner.getPosition() < text.length) {
    scanner.scan();
    const offset = scanner.getTokenOffset();
    const first = text[offset];
    if ((first === "}" || first === "]") && comma !== undefined) return comma;
    comma = first === "," ? offset : undefined;
  }
  return undefined;
}

const option = /(?<!\S)(--[a-z][a-z-]*|-[A-Za-z](?=\s))/g;
const formField =
  /(?<!\S)(?:--form(?:-string)?|-F|--data(?:-raw|-urlencode|-binary)?|-d)[\s=]+(?:'([^'=]{1,100})=([^']*)'?|"([^"=]{1,100})=([^"]*)"?|([^'"\s=]{1,100})=(\S*))/g;

function curlOf(lines: readonly Line[]): CurlSample {
  const form = new Map<string, string>();
  const shape: string[] = [];
  const urls: string[] = [];
  for (const { text: marked } of lines) {
    const text = withoutMarks(marked);
    if (/^(\$ )?curl\b/.test(text)) shape.push("curl");
    for (const [each] of text.matchAll(option)) shape.push(each);
    for (const [url] of text.matchAll(/https?:\/\/[^\s'"\\]+/g)) urls.push(url);
    for (const [, n1, v1, n2, v2, n3, v3] of text.matchAll(formField)) {
      const name = n1 ?? n2 ?? n3 ?? "";
      form.set(name, v1 ?? v2 ?? v3 ?? "");
    }
  }
  return { line: lines[0]?.number ?? 0, shape, form, urls };
}
