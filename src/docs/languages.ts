import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { isNode } from "../description/index.ts";
import { DocsError } from "./error.ts";
import { Messages } from "./messages.ts";
import { Phrases } from "./phrases.ts";

/** A language that the docs are read in. */
export interface Language {
  /** BCP 47 tag: the name of its file. */
  readonly code: string;
  /** Its own name for itself. */
  readonly name: string;
  readonly direction: "ltr" | "rtl";
  /** The words around the contract, whole sentences with their plurals. */
  readonly page: Messages;
  /** The words of the page at `/` of a running server. */
  readonly workbench: Messages;
  /** The contract's texts in this language, by the English; empty in English. */
  readonly contract: Phrases;
  /** How instances differ, by the English (`rules.js`); empty in English. */
  readonly differences: ReadonlyMap<string, string>;
  /** What it calls a term, by the English: the forms of one word. Empty in English. */
  readonly glossary: ReadonlyMap<string, readonly string[]>;
  /** Words that are not written in it, each with the one that is. */
  readonly avoided: ReadonlyMap<string, string>;
}

/** The language that the contract is written in. */
export const english = "en";

/** Where the translations are: one file per language. */
export const translationsFolder = fileURLToPath(new URL("../../openapi/i18n/", import.meta.url));

/** A language's file as messages name it. */
export function shownFile(code: string): string {
  return `openapi/i18n/${code}.yaml`;
}

/**
 * Reads all languages, by their tags. Whether they have all texts of the contract is what `checkLanguages` says.
 *
 * @throws {DocsError} when a file is not of the form that it should be
 */
export function loadLanguages(folder: string = translationsFolder): Map<string, Language> {
  const codes = readdirSync(folder)
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => file.slice(0, -".yaml".length))
    .sort();
  return new Map(codes.map((code) => [code, readLanguage(folder, code)]));
}

/** The language of a file that must be there: English. */
export function inEnglish(languages: ReadonlyMap<string, Language>): Language {
  const language = languages.get(english);
  if (language === undefined) throw new DocsError(`There is no ${shownFile(english)}.`);
  return language;
}

/**
 * The language that readers of a BCP 47 tag get: the tag's own, or else that of the tag without its last parts (`pt` for `pt-BR`).
 * Undefined where there is no translation.
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

/** The name of a language, in English unless said; the tag itself where nobody knows a name. */
export function languageName(tag: string, reader: string = english): string {
  try {
    return new Intl.DisplayNames([reader], { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

function readLanguage(folder: string, code: string): Language {
  const file = shownFile(code);
  const data: unknown = parse(readFileSync(join(folder, `${code}.yaml`), "utf8"));
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

function texts(value: unknown, file: string, part: string): Record<string, string> {
  if (!isNode(value)) throw new DocsError(`${file}: ${part} must be a map.`);
  for (const [key, text] of Object.entries(value)) {
    if (typeof text !== "string" || text.trim() === "") {
      throw new DocsError(`${file}: ${part}: ${key} has no text.`);
    }
  }
  return value as Record<string, string>;
}
