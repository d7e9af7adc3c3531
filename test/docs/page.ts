import { loadDescription } from "../../src/description/index.ts";
import { allLanguages, type Language, type ReferencePage, renderReference } from "../../src/docs/index.ts";
import { renderMarkdown } from "../../src/docs/reference/markdown.ts";

const languages = allLanguages();
const rendered = new Map<string, string>();

/** The page of a reference, as it stands in its instance's folder; rendered once. */
export function pageOf(name: string, language: Language, more: Partial<ReferencePage> = {}): string {
  const key = JSON.stringify([name, language.code, more]);
  const html = rendered.get(key) ?? renderReference({ ...placeOf(name, language), ...more });
  rendered.set(key, html);
  return html;
}

/** Its Markdown twin. */
export function markdownOf(name: string, language: Language): string {
  return renderMarkdown(placeOf(name, language));
}

function placeOf(name: string, language: Language): ReferencePage {
  const others = [...languages.values()].filter(({ code }) => code !== language.code);
  return {
    description: loadDescription(name),
    language,
    others: others.map((each) => ({ language: each, href: `${each.code}/index.html` })),
    isUntranslated: false,
    root: "../",
    folder: "",
    path: `${name}/index.html`,
    address: undefined,
    downloads: [{ file: "openapi.yaml", name: "OpenAPI 3.1", source: "" }],
  };
}

const texts = new Map<string, string>();

/** What a page says, without its markup; spaces and line ends as single spaces. Of each page once: a page is long. */
export function textOf(html: string): string {
  const text = texts.get(html) ?? withoutMarkup(html);
  texts.set(html, text);
  return text;
}

function withoutMarkup(html: string): string {
  return html
    .replace(/^[\s\S]*<\/head>/, "")
    .replace(/<script[\s\S]*?<\/script>/g, "")
    .replaceAll(/<[^>]+>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll(/&#x27;/g, "'")
    .replaceAll(/&#(\d+);/g, (_match, code) => String.fromCharCode(Number(code)))
    .replaceAll("&amp;", "&")
    .replaceAll(/[ \n]+/g, " ");
}

/** The ids of its elements, in their order. */
export function idsOf(html: string): string[] {
  return [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id ?? "");
}
