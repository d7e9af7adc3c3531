import type { Description } from "../description/index.ts";
import { derivedTexts } from "../redocly-plugin/texts.js";
import { rules, weights } from "./assets/rules.js";
import { DocsError } from "./error.ts";
import { english, inEnglish, type Language, shownFile } from "./languages.ts";
import { paragraphsOf } from "./phrases.ts";
import { textsOf } from "./translatable.ts";

/** The texts of differences: each rule's sentences, and the meanings of the weights. */
const differenceTexts: ReadonlySet<string> = new Set([
  ...Object.values(weights),
  ...Object.values(rules).flatMap(([, , what, effect]) => [what, effect]),
]);

/**
 * Checks the languages against the contract. Each must have every message of the pages, a translation of every text of the family and of
 * the sentences that entries of redocly.yaml add, and nothing else. Texts that only one instance has may lack a translation.
 *
 * @param family the description with the contract's texts
 * @throws {DocsError} that lists every missing or superfluous key, with its file
 */
export function checkLanguages(languages: ReadonlyMap<string, Language>, family: Description): void {
  const reference = inEnglish(languages);
  const texts = [...textsOf(family).map(({ text }) => text), ...derivedTexts];
  const paragraphs = new Set(texts.flatMap(paragraphsOf));
  const problems: string[] = [];
  for (const language of languages.values()) {
    const file = shownFile(language.code);
    for (const part of ["page", "workbench"] as const) {
      const [wanted, found] = [reference[part].keys(), language[part].keys()];
      for (const key of wanted)
        if (!found.includes(key)) problems.push(`${file}: ${part}.${key} is missing.`);
      for (const key of found) {
        if (!wanted.includes(key)) problems.push(`${file}: ${part}.${key} is not used; remove it.`);
      }
    }
    if (language.code === english) continue;
    for (const text of differenceTexts) {
      if (!language.differences.has(text))
        problems.push(`${file}: differences: ${JSON.stringify(text)} is missing.`);
    }
    for (const text of language.differences.keys()) {
      if (!differenceTexts.has(text))
        problems.push(`${file}: differences: ${JSON.stringify(text)} is not used; remove it.`);
    }
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
