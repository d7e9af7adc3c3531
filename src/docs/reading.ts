import { Marked } from "marked";
import type { Description } from "../description/index.ts";
import { escapeHtml } from "./html.ts";
import { english, type Language, languageName } from "./languages.ts";
import type { Gaps } from "./messages.ts";

/** The translations for one page: every text on the page goes through here. */
export interface Reading {
  /** A message, as text. */
  say(key: string, gaps?: Gaps): string;
  /** A message, as HTML. */
  sayHtml(key: string, gaps?: Gaps): string;
  /** An English text of the contract in the reader's language; unchanged if it has no translation. */
  text(text: string): string;
  /** The same as one line of HTML. Text without a translation is marked as English. */
  inline(text: string): string;
  /** The same as HTML paragraphs. */
  blocks(text: string): string;
}

const markdown = new Marked({ renderer: { html: ({ text }) => escapeHtml(text) } });

/** A reading of one description is not shared with others: gaps may hold its own words. */
export function readingOf(description: Description, language: Language): Reading {
  const { source } = description.about;
  // The only gap that is translated: the name of a language.
  const fill = (gap: string, value: string) =>
    gap === "language" && source !== null ? languageName(source.language, language.code) : value;
  const translate = (text: string) =>
    language.code === english ? text : language.contract.translate(text, fill);
  const cached = (render: (text: string) => string, tag: "span" | "div") => {
    const known = new Map<string, string>();
    return (text: string): string => {
      let html = known.get(text);
      if (html === undefined) {
        const translation = translate(text);
        html =
          translation === undefined
            ? `<${tag} lang="${english}" dir="ltr">${render(text)}</${tag}>`
            : render(translation);
        known.set(text, html);
      }
      return html;
    };
  };
  return {
    say: (key, gaps) => language.page.say(key, gaps),
    sayHtml: (key, gaps) => language.page.html(key, gaps),
    text: (text) => translate(text) ?? text,
    inline: cached((text) => markdown.parseInline(text.trim(), { async: false }), "span"),
    blocks: cached((text) => markdown.parse(text, { async: false }), "div"),
  };
}
