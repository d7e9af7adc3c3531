import hljs from "highlight.js/lib/core";
import bash from "highlight.js/lib/languages/bash";
import javascript from "highlight.js/lib/languages/javascript";
import json from "highlight.js/lib/languages/json";
import php from "highlight.js/lib/languages/php";
import python from "highlight.js/lib/languages/python";
import typescript from "highlight.js/lib/languages/typescript";

/** The languages of the code on the pages. */
const languages = { bash, javascript, json, php, python, typescript };
export type CodeLanguage = keyof typeof languages;

for (const [name, definition] of Object.entries(languages)) hljs.registerLanguage(name, definition);
hljs.configure({ classPrefix: "h-" });

/** How many highlighted texts are cached: those of one instance, whose pages in all languages share them. */
const most = 2_000;
const kept = new Map<string, string>();

/** Code as HTML, with classes for keywords, strings and so on. */
export function highlight(code: string, language: CodeLanguage): string {
  const key = `${language}\0${code}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const html = hljs.highlight(code, { language, ignoreIllegals: true }).value;
  if (kept.size >= most) kept.clear();
  kept.set(key, html);
  return html;
}
