import { ImportError } from "./error.ts";
import { readHtml } from "./html.ts";
import type { Page } from "./line.ts";
import { readMarkdown } from "./markdown.ts";
import { readText } from "./text.ts";

export type Format = "html" | "markdown" | "text";

/** The format of a page: by its file name, or by its text. */
export function formatOf(text: string, name = ""): Format {
  if (/\.(html?|xhtml|php)$/i.test(name)) return "html";
  if (/\.(md|markdown|mdx)$/i.test(name)) return "markdown";
  const start = text.slice(0, 200_000);
  if (/^\s*<(!doctype|html|head|body|div|section|main|table|article|\?xml|!--)/i.test(start)) return "html";
  if (/^ {0,3}(```|~~~)/m.test(start) || /^#{1,6} \S/m.test(start)) return "markdown";
  const tags = start.match(/<\/(td|tr|table|div|p|pre|code|span)>/gi)?.length ?? 0;
  return tags > 5 ? "html" : "text";
}

/** A saved page with everything around it has a few thousand lines. */
const maxLines = 100_000;

/**
 * The lines of a page as people see them.
 *
 * @throws {ImportError} when it is too large for a documentation page
 */
export function readLines(text: string, format: Format): Page {
  let count = 0;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) count += 1;
  if (count > maxLines) throw new ImportError(`It has ${count} lines: that is no documentation page.`);
  if (format === "html") return readHtml(text);
  return format === "markdown" ? readMarkdown(text) : readText(text);
}
