import { codeEnd, codeStart, plain, squeeze } from "./characters.ts";
import type { Line, Page } from "./line.ts";

/** Lines with code: a pipe or a backquote in them is literal. */
const code = /^\s*(curl\b|--?[a-zA-Z]|["{}[\]])/;

/**
 * Reads text that was copied or extracted from a browser. Tables may have pipes on both sides or at the end, tabs, or nothing between
 * cells.
 */
export function readText(text: string): Page {
  const lines: Line[] = [];
  for (const [index, each] of text.split(/\r\n|[\n\r\u2028\u2029]/).entries()) {
    const own = plain(each.slice(0, maxLength));
    const line = readLine(own, index + 1);
    const head = lines.at(-1);
    if (line !== undefined) lines.push(line);
    else if (head?.cells && isRule(own)) lines[lines.length - 1] = { ...head, isHeading: true };
  }
  return { lines, isCut: false };
}

/** How many characters of a line are read: no page has longer lines. */
const maxLength = 200_000;

/** The row of dashes between the head of a table and its body. */
const isRule = (text: string) =>
  text.length < 1000 && /^[\s|:+=-]+$/.test(text) && /[-=]/.test(text) && /[-=]{3}|\|/.test(text);

/** One line; undefined if it shows nothing. */
export function readLine(text: string, number: number): Line | undefined {
  if (squeeze(text) === "") return undefined;
  if (code.test(text)) return { number, text: squeeze(text) };
  if (isRule(text)) return undefined;
  const marked = text.replace(/`+([^`]{1,200})`+/g, `${codeStart}$1${codeEnd}`);
  const cells = cellsOf(marked);
  if (cells === undefined) return { number, text: squeeze(marked) };
  return { number, cells, text: squeeze(cells.join(" ")) };
}

function cellsOf(text: string): string[] | undefined {
  const separator = /\|/.test(text) ? "|" : "\t";
  const trimmed = separator === "|" ? text.trim() : text;
  if (!trimmed.includes(separator)) return undefined;
  const parts = trimmed.split(separator).map(squeeze);
  if (separator === "|" && parts[0] === "") parts.shift();
  // The pipe after the last cell, and those that a browser adds for missing cells.
  while (parts.length > 0 && parts.at(-1) === "") parts.pop();
  return parts.length === 0 ? undefined : parts;
}
