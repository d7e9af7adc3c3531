import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { isNode } from "../description/index.ts";
import { DocsError } from "./error.ts";
import { Messages } from "./messages.ts";
import { Phrases } from "./phrases.ts";

/** A language of the docs. */
export interface Language {
  /** BCP 47 tag, and the name of its file. */
  readonly code: string;
  /** The language's name for itself. */
  readonly name: string;
  readonly direction: "ltr" | "rtl";
  /** The messages of the pages around the contract's texts. */
  readonly page: Messages;
  /** The messages of the workbench page. */
  readonly workbench: Messages;
  /** Translations of the contract's texts, by the English text; empty for English. */
  readonly contract: Phrases;
  /** Translations of the differences (`rules.js`), by the English text; empty for English. */
  readonly differences: ReadonlyMap<string, string>;
  /** The translation of each term, by the English term: all forms of one word. Empty for English. */
  readonly glossary: ReadonlyMap<string, readonly string[]>;
  /** Words to avoid in this language, each with the word to use instead. */
  readonly avoided: ReadonlyMap<string, string>;
}

/** The contract's language. */
export const english = "en";

/** The folder of the translations: one file per language. */
export const translationsFolder = fileURLToPath(new URL("../../openapi/i18n/", import.meta.url));

/** The name of a language's file for messages. */
export function shownFile(code: string): string {
  return `openapi/i18n/${code}.yaml`;
}

/**
 * Reads all languages, by tag. `checkLanguages` checks whether they are complete.
 *
 * @throws {DocsError} when a file does not have the required form
 */
export function loadLanguages(folder: string): Map<string, Language> {
  const files = readdirSync(folder);
  const misnamed = files.find((file) => file.endsWith(".yml"));
  if (misnamed !== undefined)
    throw new DocsError(`openapi/i18n/${misnamed}: a language's file ends with .yaml. Rename it.`);
  const codes = files
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => file.slice(0, -".yaml".length))
    .sort();
  const languages = new Map(codes.map((code) => [code, readLanguage(folder, code)]));
  const named = new Map<string, string>();
  for (const { code, name } of languages.values()) {
    const other = named.get(name);
    if (other !== undefined)
      throw new DocsError(`${shownFile(code)}: ${shownFile(other)} has the name ${name}, too.`);
    named.set(name, code);
  }
  return languages;
}

let known: ReadonlyMap<string, Language> | undefined;

/** The languages of this repository or package, read once: that takes half a second. */
export function allLanguages(): ReadonlyMap<string, Language> {
  known ??= loadLanguages(translationsFolder);
  return known;
}

/** English, whose file must exist. */
export function inEnglish(languages: ReadonlyMap<string, Language>): Language {
  const language = languages.get(english);
  if (language === undefined) throw new DocsError(`There is no ${shownFile(english)}.`);
  return language;
}

/**
 * The language for readers of a BCP 47 tag: the tag's own, or that of a shorter tag (`pt` for `pt-BR`). Undefined if there is no
 * translation.
 */
export function languageFor(languages: ReadonlyMap<string, Language>, tag: string): Language | undefined {
  const parts = tag.split("-");
  for (let length = parts.length; length > 0; length -= 1) {
    const wanted = parts.slice(0, length).join("-").toLowerCase();
    const code = [...languages.keys()].find((each) => each.toLowerCase() === wanted);
    if (code !== undefined) return languages.get(code);
  }
  return undefined;
}

/** The name of a language, by default in English; the tag itself if its name is unknown. */
export function languageName(tag: string, reader: string = english): string {
  try {
    return new Intl.DisplayNames([reader], { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

function readLanguage(folder: string, code: string): Language {
  const file = shownFile(code);
  if (!/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(code))
    throw new DocsError(`${file}: a file is called by its language's BCP 47 tag, such as pt or pt-BR.`);
  const data = parsed(join(folder, `${code}.yaml`), file);
  if (!isNode(data)) throw new DocsError(`${file}: it holds no map.`);
  const { name, direction, page, workbench, contract, differences, glossary, avoided } = data;
  if (typeof name !== "string" || (direction !== "ltr" && direction !== "rtl")) {
    throw new DocsError(`${file}: name and direction (ltr or rtl) are needed.`);
  }
  const terms = Object.entries(texts(glossary ?? {}, file, "glossary"));
  return {
    code,
    name,
    direction,
    page: new Messages(code, `${file}: page`, texts(page, file, "page")),
    workbench: new Messages(code, `${file}: workbench`, texts(workbench, file, "workbench")),
    contract: new Phrases(texts(contract ?? {}, file, "contract")),
    differences: new Map(Object.entries(texts(differences ?? {}, file, "differences"))),
    glossary: new Map(terms.map(([term, forms]) => [term, forms.split("|").map((form) => form.trim())])),
    avoided: new Map(Object.entries(texts(avoided ?? {}, file, "avoided"))),
  };
}

function parsed(path: string, file: string): unknown {
  try {
    return parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new DocsError(`${file} can't be read: ${(error as Error).message}`, { cause: error });
  }
}

function texts(value: unknown, file: string, part: string): Record<string, string> {
  if (!isNode(value)) throw new DocsError(`${file}: ${part} must be a map.`);
  for (const [key, text] of Object.entries(value)) {
    if (typeof text !== "string" || text.trim() === "") {
      throw new DocsError(`${file}: ${part}: ${key} has no text.`);
    }
  }
  return value as Record<string, string>;
}
