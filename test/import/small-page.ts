import { contractKnowledge, type PageFacts } from "../../src/import/index.ts";
import { readFacts } from "../../src/import/read.ts";
import { pageOf } from "./facts-pages.ts";
import { languages } from "./page-languages.ts";
import { type PageOf, partsOf, write } from "./pages.ts";

export const smallPage: PageOf = {
  ...pageOf("bitpeak.ru"),
  baseUrl: "https://panel.example/api",
  types: ["email", "telegram"],
  fields: { email: ["email"], telegram: ["telegram", "telegram_chat_id"] },
  hasTrailingComma: false,
};

/** The page's text as Markdown, in English. */
export const smallText = write(partsOf(smallPage, languages.en!), "markdown");

type Draft<T> = { -readonly [Key in keyof T]: Draft<T[Key]> };
export type Edit = (draft: Draft<PageFacts>) => void;

const facts = await readFacts(smallText, contractKnowledge(), { name: "a.md", language: "en" });

/** What the page says, with something changed. */
export function factsWith(edit: Edit = () => {}): PageFacts {
  const draft = structuredClone(facts) as Draft<PageFacts>;
  edit(draft);
  return draft as PageFacts;
}
