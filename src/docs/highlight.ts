import hljs from "highlight.js/lib/core";
import bash from "highlight.js/lib/languages/bash";
import javascript from "highlight.js/lib/languages/javascript";
import json from "highlight.js/lib/languages/json";
import php from "highlight.js/lib/languages/php";
import python from "highlight.js/lib/languages/python";
import typescript from "highlight.js/lib/languages/typescript";

/** What code on the pages is written in. */
const languages = { bash, javascript, json, php, python, typescript };
export type CodeLanguage = keyof typeof languages;

for (const [name, definition] of Object.entries(languages)) hljs.registerLanguage(name, definition);
hljs.configure({ classPrefix: "h-" });

/** So many texts are kept: those of one instance, whose pages in all languages have the same. */
const most = 2_000;
const kept = new Map<string, string>();

/** Code as HTML in which keywords, strings and the like have classes. */
export function highlight(code: string, language: CodeLanguage): string {
  const key = `${language}\0${code}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const html = hljs.highlight(code, { language, ignoreIllegals: true }).value;
  if (kept.size >= most) kept.clear();
  kept.set(key, html);
  return html;
}
