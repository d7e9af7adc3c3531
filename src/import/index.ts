/**
 * Reads the documentation page of an instance and compares it with the contract. A page is read by its structure and its code words, never
 * by its language: `decode` → lines (`html`, `markdown`, `text`) → sections → samples and rows → facts. From the facts follow the
 * instance's entry in redocly.yaml, and findings.
 *
 *     const contract = openContract(contractKnowledge(), readRegister());
 *     const { result } = await importPage("page.html", text, contract);
 */
export { decode, maxBytes } from "./decode.ts";
export { ImportError } from "./error.ts";
export type { PageFacts } from "./facts.ts";
export { fetchPage } from "./fetch-page.ts";
export {
  checkKept,
  importPage,
  openContract,
} from "./import-page.ts";
export { importPages } from "./import-pages.ts";
export { contractKnowledge } from "./knowledge.ts";
export { languageTag } from "./language-tag.ts";
export type { Outcome } from "./outcome.ts";
export { readRegister } from "./register.ts";
export { isRegistrable } from "./register-pages.ts";
export { reportOf } from "./report.ts";
