import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse, stringify } from "yaml";
import { type Description, isNode, stepsOf } from "../description/index.ts";
import { DocsError } from "./error.ts";
import { type Text, textsOf } from "./translatable.ts";

/** A language that the docs are read in. */
export interface Language {
  /** ISO 639-1. */
  readonly code: string;
  /** Its own name for itself. */
  readonly name: string;
  readonly direction: "ltr" | "rtl";
  /** The words of the reference page around the contract, by name; `{...}` stands for what is put in. */
  readonly page: Readonly<Record<string, string>>;
  /** Redoc's own words, by Redoc's name for them. */
  readonly redoc: Readonly<Record<string, string>>;
  /** The words of Redoc's search, for which it has no names. */
  readonly search: Readonly<Record<string, string>>;
  /** Translations of the contract's texts, by the English text. */
  readonly contract: ReadonlyMap<string, string>;
}

/** The language that the contract is written in. */
export const english = "en";

/** Where the translations are: one file per language, and the English that they were made from. */
export const translationsFolder = fileURLToPath(new URL("../../openapi/i18n/", import.meta.url));

const sourceFile = "source.yaml";
const shown = (file: string) => `openapi/i18n/${file}`;

/**
 * Reads all languages and holds them against the contract.
 *
 * A key of a language's `contract` is a JSON pointer into the family's bundle. One `*` in it stands for any part of one step: such a key
 * covers the texts that are the same sentence but for the handler type, which the translation writes as `{type}`.
 *
 * @param family the description that holds every text of every instance
 * @param options the folder; `check: false` for those who want the languages as they are
 * @throws {DocsError} that lists every key that is missing, that no longer exists, or whose English has changed since
 */
export function loadLanguages(
  family: Description,
  { folder = translationsFolder, check = true }: { folder?: string; check?: boolean } = {},
): Map<string, Language> {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith(".yaml") && file !== sourceFile)
    .sort();
  const texts = textsOf(family);
  const source = readMap(folder, sourceFile);
  const problems: string[] = [];
  const languages = new Map<string, Language>();
  const reference = readFile(folder, `${english}.yaml`);
  for (const file of files) {
    const data = readFile(folder, file);
    const code = file.slice(0, -".yaml".length);
    for (const part of ["page", "redoc", "search"] as const) {
      const wanted = Object.keys(reference[part]);
      for (const key of wanted)
        if (!(key in data[part])) problems.push(`${shown(file)}: ${part}.${key} is missing.`);
      for (const key of Object.keys(data[part])) {
        if (!wanted.includes(key)) problems.push(`${shown(file)}: ${part}.${key} is not used; remove it.`);
      }
    }
    const contract = new Map<string, string>();
    if (code !== english) {
      const covered = cover(texts, Object.keys(data.contract));
      for (const { pointer } of covered.missing) problems.push(`${shown(file)}: ${pointer} is missing.`);
      for (const key of covered.unused) {
        problems.push(`${shown(file)}: ${key} is no longer in the contract; remove it.`);
      }
      for (const [key, matches] of covered.byKey) {
        problems.push(...checkSource(key, matches, source, file));
        for (const match of matches) {
          contract.set(match.text, String(data.contract[key]).replaceAll("{type}", match.type ?? "{type}"));
        }
      }
    }
    languages.set(code, { code, ...data, contract });
  }
  if (check && problems.length > 0) {
    throw new DocsError(
      `The translations don't fit the contract:\n  ${[...new Set(problems)].join("\n  ")}\n` +
        "Where English has changed: review the translations, then run npm run docs -- --accept-english.",
    );
  }
  return languages;
}

/** Writes down the English of today as what the translations were made from. Throws DocsError when a key fits nothing. */
export function acceptEnglish(family: Description, folder: string = translationsFolder): void {
  const texts = textsOf(family);
  const keys = new Set(
    readdirSync(folder)
      .filter((file) => file.endsWith(".yaml") && file !== sourceFile)
      .flatMap((file) => Object.keys(readFile(folder, file).contract)),
  );
  const { byKey } = cover(texts, [...keys]);
  const source = Object.fromEntries([...byKey].map(([key, [first]]) => [key, first ? template(first) : ""]));
  writeFileSync(
    join(folder, sourceFile),
    `# The English that the translations were made from, by the same keys. A difference from the contract fails the build of the docs.\n# Written by \`npm run docs -- --accept-english\`.\n${stringify(source, { lineWidth: 0 })}`,
  );
}

/**
 * Puts a language's texts in the place of the English ones. A text is found by what it says, since pointers into lists differ between
 * bundles; the texts that carry the instance's name (its title, its server) stay.
 *
 * @param document a copy of the description's document, changed in place
 * @throws {DocsError} when a text of the instance is none of the family's
 */
export function translate(document: object, description: Description, language: Language): void {
  if (language.code === english) return;
  for (const { pointer, text } of textsOf(description)) {
    const translation = language.contract.get(text);
    if (translation !== undefined) set(document, pointer, translation);
    else if (!text.includes(description.name)) {
      throw new DocsError(
        `${description.name}: ${pointer} is no text of the family's contract, so it has no translation.`,
      );
    }
  }
}

/** The words of Redoc's search that are others in a language, by the English ones that Redoc writes. */
export function searchWords(language: Language, inEnglish: Language): Record<string, string> {
  return Object.fromEntries(
    Object.entries(inEnglish.search)
      .map(([key, word]) => [word, language.search[key] ?? word] as const)
      .filter(([word, translation]) => word !== translation),
  );
}

/** A text of the page around the contract with its gaps filled. */
export function say(language: Language, key: string, gaps: Readonly<Record<string, string>> = {}): string {
  const text = language.page[key];
  if (text === undefined) throw new Error(`${shown(`${language.code}.yaml`)} has no page.${key}.`);
  return text.replaceAll(/\{(\w+)\}/g, (gap, name: string) => gaps[name] ?? gap);
}

interface Coverage {
  readonly byKey: Map<string, Text[]>;
  readonly missing: Text[];
  readonly unused: string[];
}

/** Which texts each key covers; a key without a gap wins over one with. */
function cover(texts: readonly Text[], keys: readonly string[]): Coverage {
  const exact = new Set(keys.filter((key) => !key.includes("*")));
  const patterns = keys
    .filter((key) => key.includes("*"))
    .map((key) => [key, new RegExp(`^${key.split("*").map(escapeRegExp).join("([^/]+)")}$`)] as const);
  const byKey = new Map<string, Text[]>();
  const missing: Text[] = [];
  for (const text of texts) {
    const key = exact.has(text.pointer)
      ? text.pointer
      : patterns.find(([, pattern]) => pattern.test(text.pointer))?.[0];
    if (key === undefined) missing.push(text);
    else byKey.set(key, [...(byKey.get(key) ?? []), text]);
  }
  return { byKey, missing, unused: keys.filter((key) => !byKey.has(key)) };
}

function checkSource(
  key: string,
  matches: readonly Text[],
  source: Readonly<Record<string, unknown>>,
  file: string,
): string[] {
  const templates = new Set(matches.map(template));
  if (templates.size > 1) {
    return [
      `${shown(file)}: ${key} covers texts that differ in more than the type: ${[...templates].map((each) => JSON.stringify(each)).join(", ")}. Give each a key of its own.`,
    ];
  }
  const [now = ""] = templates;
  const then = source[key];
  if (then === now) return [];
  return [
    then === undefined
      ? `${shown(sourceFile)}: ${key} is missing.`
      : `${key}: the English has changed since it was translated, from ${JSON.stringify(then)} to ${JSON.stringify(now)}.`,
  ];
}

/** The text with `{type}` in place of the handler type that it is about. */
function template({ text, type }: Text): string {
  if (type === undefined) return text;
  return text.replaceAll(new RegExp(`(?<![\\w-])${escapeRegExp(type)}(?![\\w-])`, "g"), "{type}");
}

function escapeRegExp(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}

interface LanguageFile {
  readonly name: string;
  readonly direction: "ltr" | "rtl";
  readonly page: Record<string, string>;
  readonly redoc: Record<string, string>;
  readonly search: Record<string, string>;
  readonly contract: Record<string, string>;
}

function readFile(folder: string, file: string): LanguageFile {
  const { name, direction, page, redoc, search, contract } = readMap(folder, file);
  if (typeof name !== "string" || (direction !== "ltr" && direction !== "rtl")) {
    throw new DocsError(`${shown(file)}: name and direction (ltr or rtl) are needed.`);
  }
  return {
    name,
    direction,
    page: texts(page, file, "page"),
    redoc: texts(redoc, file, "redoc"),
    search: texts(search, file, "search"),
    contract: texts(contract ?? {}, file, "contract"),
  };
}

function readMap(folder: string, file: string): Readonly<Record<string, unknown>> {
  const path = join(folder, file);
  if (!existsSync(path)) return {};
  const value: unknown = parse(readFileSync(path, "utf8"));
  if (!isNode(value)) throw new DocsError(`${shown(file)}: it holds no map.`);
  return value;
}

function texts(value: unknown, file: string, part: string): Record<string, string> {
  if (!isNode(value)) throw new DocsError(`${shown(file)}: ${part} must be a map.`);
  for (const [key, text] of Object.entries(value)) {
    if (typeof text !== "string" || text.trim() === "") {
      throw new DocsError(`${shown(file)}: ${part}: ${key} has no text.`);
    }
  }
  return value as Record<string, string>;
}

function set(document: object, pointer: string, text: string): void {
  const steps = stepsOf(pointer);
  const last = steps.pop() ?? "";
  let node: Record<string, unknown> = document as Record<string, unknown>;
  for (const part of steps) node = node[part] as Record<string, unknown>;
  node[last] = text;
}
