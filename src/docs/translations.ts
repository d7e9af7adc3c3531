import { type Description, stepsOf } from "../description/index.ts";
import { derivedTexts } from "../redocly-plugin/texts.js";
import { DocsError } from "./error.ts";
import { escapeHtml } from "./html.ts";
import { english, inEnglish, type Language, languageName, shownFile } from "./languages.ts";
import { paragraphsOf } from "./phrases.ts";
import { textsOf } from "./translatable.ts";

/**
 * Holds the languages against the contract: each has every word of the page, a translation for every text of the family and of the
 * sentences that entries of redocly.yaml bring in, and nothing besides. What else an instance says may lack a translation.
 *
 * @param family the description that holds the texts of the contract
 * @throws {DocsError} that lists every key that is missing or superfluous, with its file
 */
export function checkLanguages(languages: ReadonlyMap<string, Language>, family: Description): void {
  const reference = inEnglish(languages);
  const texts = [...textsOf(family).map(({ text }) => text), ...derivedTexts];
  const paragraphs = new Set(texts.flatMap(paragraphsOf));
  const problems: string[] = [];
  for (const language of languages.values()) {
    const file = shownFile(language.code);
    for (const part of ["page", "redoc", "search"] as const) {
      const wanted = Object.keys(reference[part]);
      for (const key of wanted)
        if (!(key in language[part])) problems.push(`${file}: ${part}.${key} is missing.`);
      for (const key of Object.keys(language[part])) {
        if (!wanted.includes(key)) problems.push(`${file}: ${part}.${key} is not used; remove it.`);
      }
    }
    if (language.code === english) continue;
    const used = new Set<string>();
    for (const paragraph of paragraphs) {
      const found = language.contract.find(paragraph);
      if (found === undefined) problems.push(`${file}: contract: ${JSON.stringify(paragraph)} is missing.`);
      else used.add(found.key);
    }
    for (const key of language.contract.keys()) {
      if (!used.has(key)) {
        problems.push(
          `${file}: contract: ${JSON.stringify(key)} is no longer in the contract; remove or change it.`,
        );
      }
    }
  }
  if (problems.length > 0) {
    throw new DocsError(`The translations don't fit the contract:\n  ${problems.join("\n  ")}`);
  }
}

/**
 * Puts a language's texts in the place of the English ones. A text without a translation stays as it is; where it is Markdown, it says
 * that it is English.
 *
 * @param document a copy of the description's document, changed in place
 */
export function translate(document: object, description: Description, language: Language): void {
  if (language.code === english) return;
  const { source } = description.about;
  // The one gap that holds a word: the name of a language.
  const fill = (gap: string, value: string) =>
    gap === "language" && source !== null ? languageName(source.language, language.code) : value;
  for (const { pointer, text } of textsOf(description)) {
    const steps = stepsOf(pointer);
    const isMarkdown = !["summary", "title"].includes(steps.at(-1) ?? "");
    const translation = language.contract.translate(text, fill) ?? (isMarkdown ? asEnglish(text) : text);
    set(document, steps, translation);
  }
}

/** Markdown of one line or several that readers of another language get in English. */
function asEnglish(text: string): string {
  const tag = text.trim().includes("\n\n") ? "div" : "span";
  const attributes = `lang="${escapeHtml(english)}" dir="ltr"`;
  return tag === "div"
    ? `<div ${attributes}>\n\n${text}\n\n</div>`
    : `<span ${attributes}>${text.trim()}</span>`;
}

function set(document: object, steps: readonly string[], text: string): void {
  let node: Record<string, unknown> = document as Record<string, unknown>;
  for (const part of steps.slice(0, -1)) node = node[part] as Record<string, unknown>;
  node[steps.at(-1) ?? ""] = text;
}
