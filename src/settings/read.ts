import { readFileSync } from "node:fs";
import type { ErrorObject, ValidateFunction } from "ajv";
import { isMap, isScalar, LineCounter, type Node, parseDocument } from "yaml";

/** A file can't be read, or does not match its schema. The message names the file, the line, and what to do. */
export class SettingsError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "SettingsError";
  }
}

/** A file's content, and the position of each value. */
export interface Settings<T> {
  readonly file: string;
  readonly value: T;
  /** `file:line:column` of the value at a path, or of the nearest value around it. */
  at(path: readonly (string | number)[]): string;
}

/** The largest file that is read, in bytes: far more than anybody writes by hand. */
const longestFile = 4 * 2 ** 20;

/** Reads a YAML or JSON file and validates it. Throws SettingsError. */
export function readSettings<T>(file: string, validate: ValidateFunction): Settings<T> {
  return parseSettings(file, textOf(file), validate);
}

/** The same for a text. `file`: the name that errors use. */
export function parseSettings<T>(file: string, text: string, validate: ValidateFunction): Settings<T> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [error] = document.errors;
  if (error !== undefined) {
    const { line, col } = lines.linePos(error.pos[0]);
    throw new SettingsError(`${file}:${line}:${col}: this is neither YAML nor JSON: ${error.message}`);
  }
  const at = (path: readonly (string | number)[]) => placeOf(file, lines, nodeAt(document.contents, path));
  let value: unknown;
  try {
    value = document.toJS();
  } catch (error) {
    // Aliases that would expand beyond the library's limit.
    throw new SettingsError(`${file}: it can't be read: ${(error as Error).message}`);
  }
  if (!validate(value)) throw new SettingsError(sentences(validate.errors ?? [], at));
  return { file, value: value as T, at };
}

function textOf(file: string): string {
  try {
    const bytes = readFileSync(file);
    if (bytes.length > longestFile) throw new Error(`it has more than ${longestFile / 2 ** 20} MiB`);
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw new SettingsError(`${file} can't be read: ${(error as Error).message}`);
  }
}

function nodeAt(root: Node | null, path: readonly (string | number)[]): Node | null {
  let node = root;
  for (const step of path) {
    const next: unknown = isMap(node)
      ? node.get(step, true)
      : (node as { get?: (key: unknown, keep: boolean) => unknown } | null)?.get?.(Number(step), true);
    if (typeof next !== "object" || next === null) return keyOf(node, step) ?? node;
    node = next as Node;
  }
  return node;
}

function keyOf(node: Node | null, name: string | number): Node | undefined {
  const pair = isMap(node) ? node.items.find(({ key }) => isScalar(key) && key.value === name) : undefined;
  return pair === undefined ? undefined : (pair.key as Node);
}

function placeOf(file: string, lines: LineCounter, node: Node | null): string {
  const { line, col } = lines.linePos(node?.range?.[0] ?? 0);
  return `${file}:${Math.max(line, 1)}:${Math.max(col, 1)}`;
}

const mostSentences = 5;
/** How many values a message lists. */
const mostNamed = 8;

/** One line for each of the first few errors. */
function sentences(errors: readonly ErrorObject[], at: Settings<unknown>["at"]): string {
  const told = [
    ...new Set(
      errors
        // The errors of the union itself; those of its branches say more.
        .filter(({ keyword }) => keyword !== "anyOf" && keyword !== "if")
        .map((error) => {
          const path = pathOf(error);
          const wrong = error.keyword === "additionalProperties" ? [...path, extra(error)] : path;
          return `${at(wrong)}: ${sentenceOf(error, path)}`;
        }),
    ),
  ];
  const more = told.length - mostSentences;
  return [...told.slice(0, mostSentences), ...(more > 0 ? [`and ${more} more.`] : [])].join("\n");
}

function pathOf({ instancePath }: ErrorObject): string[] {
  return instancePath
    .split("/")
    .slice(1)
    .map((it) => it.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function extra({ params }: ErrorObject): string {
  return String((params as { additionalProperty?: unknown }).additionalProperty);
}

function sentenceOf(error: ErrorObject, path: readonly string[]): string {
  const { keyword, params, parentSchema, data, message = "is wrong" } = error;
  const name = path.findLast((it) => !/^\d+$/.test(it)) ?? "the file";
  const wanted = (parentSchema as { description?: string } | undefined)?.description;
  const hint = wanted === undefined ? "" : ` It is: ${wanted.replace(/\.$/, "").replaceAll(/\s+/g, " ")}.`;
  if (keyword === "required")
    return `${(params as { missingProperty: string }).missingProperty} is missing here.`;
  if (keyword === "additionalProperties") {
    const known = Object.keys((parentSchema as { properties?: object } | undefined)?.properties ?? {});
    return `there is no "${extra(error)}" here; there are ${known.join(", ")}.`;
  }
  if (data === null || data === "") return `${name} is empty: fill it in.${hint}`;
  if (keyword === "const" || keyword === "enum") {
    const { allowedValue, allowedValues = [allowedValue] } = params as {
      allowedValue?: unknown;
      allowedValues?: unknown[];
    };
    if (allowedValues.length > mostNamed) return `there is no ${name} ${JSON.stringify(data)}.${hint}`;
    return `${name} must be ${allowedValues.map((it) => JSON.stringify(it)).join(" or ")}.`;
  }
  if (keyword === "pattern" || keyword === "format") return `${name} is not in its form.${hint}`;
  return `${name} ${message}.${hint}`;
}
