import { readHtml } from "./html.ts";
import type { Page } from "./line.ts";
import { readMarkdown } from "./markdown.ts";
import { readText } from "./text.ts";

export type Format = "html" | "markdown" | "text";

/** What a page is written in: by its name where that says it, else by its text. */
export function formatOf(text: string, name = ""): Format {
  if (/\.(html?|xhtml|php)$/i.test(name)) return "html";
  if (/\.(md|markdown|mdx)$/i.test(name)) return "markdown";
  const start = text.slice(0, 200_000);
  if (/^\s*<(!doctype|html|head|body|div|section|main|table|article|\?xml|!--)/i.test(start)) return "html";
  if (/^ {0,3}(```|~~~)/m.test(start) || /^#{1,6} \S/m.test(start)) return "markdown";
  const tags = start.match(/<\/(td|tr|table|div|p|pre|code|span)>/gi)?.length ?? 0;
  return tags > 5 ? "html" : "text";
}

/** The lines of a page as people see it. */
export function readLines(text: string, format: Format): Page {
  if (format === "html") return readHtml(text);
  return format === "markdown" ? readMarkdown(text) : readText(text);
}
