import { pageOf } from "./facts-pages.ts";
import { languages } from "./page-languages.ts";
import { partsOf, write } from "./pages.ts";

const page = pageOf("bitpeak.ru");
const text = write(partsOf(page, languages.en!), "pipes");
const html = write(partsOf(page, languages.en!), "html", { language: "en" });
const markdown = write(partsOf(page, languages.en!), "markdown");
const list = text.indexOf("| page |");
const put = (part: string) => text.slice(0, list) + part + text.slice(list);
const repeat = (part: string, count: number) =>
  part.repeat(Math.min(count, Math.floor(4_900_000 / part.length)));

/** Pages within the size limit that are made to keep a reader busy or to mislead it, by file name. */
export const hostilePages: Readonly<Record<string, readonly [name: string, text: string]>> = {
  "many rows": ["a.txt", put(repeat("| page | Optional Integer | x |\n", 1_000_000))],
  "many short lines": ["a.txt", put(repeat("a\n", 2_500_000))],
  "many bare names": ["a.txt", put(repeat("page\nresults_per_page\n", 250_000))],
  "many methods": ["a.txt", repeat("GET https://h.example/api/notification-handlers/\n", 100_000)],
  "many open braces": ["a.txt", put(repeat("{\n", 2_000_000))],
  "deep JSON on a line": ["a.txt", put(`{"data": ${"[".repeat(1_000_000)}\n`)],
  "many quotes": ["a.txt", put(`{ ${'"\\'.repeat(1_500_000)}\n`)],
  "one long line": ["a.txt", put(`| search | Optional String | ${repeat("a, ", 1_500_000)} |\n`)],
  "one long word": ["a.txt", put(`| search | Optional String | ${"a".repeat(4_000_000)} |\n`)],
  "one long address": ["a.txt", `GET https://h.example/${"a/".repeat(2_000_000)}notification-handlers`],
  "pipes alone": ["a.txt", put(`${"|".repeat(4_000_000)}\n`)],
  "dashes alone": ["a.txt", put(`${"-".repeat(4_000_000)}\n`)],
  "spaces alone": ["a.txt", put(`${" ".repeat(4_000_000)}x\n`)],
  "backquotes alone": ["a.txt", put(`${"`".repeat(4_000_000)}\n`)],
  "open brackets": ["a.txt", put(`| search | Optional String | ${repeat("((( ", 1_000_000)} |\n`)],
  "nested tags": ["a.html", html.replace("<main", `${"<div>".repeat(100_000)}<main`)],
  "nested tables": ["a.html", html.replace("<main", `${repeat("<table><tr><td>", 100_000)}<main`)],
  "end tags alone": ["a.html", html.replace("<main", `${repeat("</b>", 1_000_000)}<main`)],
  "open tags": ["a.html", html.replace("<main", `${repeat("<", 4_000_000)}<main`)],
  attributes: ["a.html", html.replace("<main", `<p ${repeat("a=b ", 1_000_000)}>x</p><main`)],
  "many cells": ["a.html", html.replace("<main", `<table><tr>${repeat("<td>a", 900_000)}</table><main`)],
  "entities that explode": [
    "a.html",
    `<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>${html.replace("<main", `<p>${repeat("&b;&#x202e;&nbsp;", 250_000)}</p><main`)}`,
  ],
  "Markdown: brackets": ["a.md", markdown + repeat("[", 50_000)],
  "Markdown: stars": ["a.md", markdown + repeat("*a **a ", 40_000)],
  "Markdown: emphasis": ["a.md", `${markdown}\n\n${repeat(`${"**a_".repeat(12)}\n`, 1500)}`],
  "Markdown: quotes": ["a.md", markdown + repeat("> ", 20_000)],
  "Markdown: lists": [
    "a.md",
    markdown + Array.from({ length: 250 }, (_, depth) => `${"  ".repeat(depth)}- a`).join("\n"),
  ],
  "Markdown: lists in a line": ["a.md", `${markdown}\n${repeat("- ", 900)}a`],
  "Markdown: a list that goes on": ["a.md", `${markdown}\n- a\n${repeat("  b\n", 1500)}`],
  "Markdown: many lines": ["a.md", `${markdown}\n- a\n${repeat("  b\n", 10_000)}`],
  "Markdown: fences": ["a.md", markdown + repeat("```\n", 500_000)],
  "Markdown: links": ["a.md", markdown + repeat("[a](b", 50_000)],
  "Markdown: table": [
    "a.md",
    `${markdown}\n\n${"|a".repeat(20_000)}\n${"|-".repeat(20_000)}\n${"|a\n".repeat(2000)}`,
  ],
};
