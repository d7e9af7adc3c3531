import { Lexer, type Token, type Tokens } from "marked";
import { codeEnd, codeStart, plain, squeeze } from "./characters.ts";
import { ImportError } from "./error.ts";
import { readHtml } from "./html.ts";
import type { Line, Page } from "./line.ts";
import { readLine } from "./text.ts";

/** Reads Markdown: tables, fenced and indented code, lists, quotes, and embedded HTML. */
export function readMarkdown(text: string): Page {
  const { body, language, start } = withoutFrontMatter(text.replaceAll(/\r\n?/g, "\n"));
  const lines: Line[] = [];
  readBlocks(tokensOf(body), start, lines);
  return { lines, isCut: isFenceOpen(body), ...(language !== undefined && { language }) };
}

/*
 * Several times what a documentation page has. The parser reads what is left of a list again for each line, and a nested list again for each
 * level: more takes it minutes.
 */
const maxLength = 100_000;
const maxLines = 2000;
const maxLine = 2000;
/** Marks of emphasis in a paragraph or cell: the parser looks for the end of each in all that follows. */
const maxMarks = 1000;
/** A line in more quotes than a page has, or the marker of a list within about as many others. */
const tooDeep =
  /^(?:(?: {0,3}>){20}|[ \t]{50,}(?:[-*+]|\d{1,9}[.)])[ \t]|(?:[ \t]{0,9}(?:[-*+]|\d{1,9}[.)])[ \t]){20}.*\w)/m;

function tokensOf(text: string): Token[] {
  const lines = text.split("\n").length;
  if (text.length > maxLength || lines > maxLines)
    throw new ImportError(
      `It has ${lines} lines and ${text.length} characters of Markdown: a documentation page has at most ${maxLines} and ${maxLength}. Give the part that describes this API.`,
    );
  if (tooDeep.test(text)) throw new ImportError("It nests too deep to be read as Markdown.");
  if (/^(?:[^|\n]{0,500}\|){100}/m.test(text))
    throw new ImportError("It has a table of more than 100 columns.");
  const short = text.replace(/^.+$/gm, (line) => line.slice(0, maxLine));
  try {
    const blocks = new Lexer();
    blocks.blockTokens(short);
    for (const { src } of blocks.inlineQueue) refuseMarks(src);
    return new Lexer().lex(short);
  } catch (error) {
    if (error instanceof ImportError) throw error;
    throw new ImportError("It nests too deep to be read as Markdown.", { cause: error });
  }
}

function refuseMarks(text: string): void {
  const count = text.match(/[*_~]/g)?.length ?? 0;
  if (count > maxMarks)
    throw new ImportError(
      `It has a paragraph with ${count} characters *, _ and ~: Markdown is read with at most ${maxMarks}. Put samples into code blocks.`,
    );
}

/** Whether a code block begins and does not end. */
function isFenceOpen(text: string): boolean {
  let open: string | undefined;
  for (const [, fence = "", rest = ""] of text.matchAll(/^ {0,3}(`{3,}|~{3,})(.*)$/gm)) {
    if (open === undefined) open = fence;
    else if (fence.startsWith(open) && rest.trim() === "") open = undefined;
  }
  return open !== undefined;
}

/** Removes the front matter of static site generators, which may name the language. */
function withoutFrontMatter(text: string): { body: string; language?: string; start: number } {
  const front = /^---\n([\s\S]{0,5000}?)\n---\n/.exec(text);
  if (front === null) return { body: text, start: 1 };
  const language = /^lang(?:uage)?:\s*["']?([A-Za-z-]{2,35})["']?\s*$/m.exec(front[1] ?? "")?.[1];
  const start = front[0].split("\n").length;
  return { body: text.slice(front[0].length), start, ...(language !== undefined && { language }) };
}

function readBlocks(tokens: readonly Token[], start: number, lines: Line[]): void {
  let number = start;
  for (const token of tokens) {
    readBlock(token, number, lines);
    number += token.raw.split("\n").length - 1;
  }
}

function readBlock(token: Token, number: number, lines: Line[]): void {
  switch (token.type) {
    case "table":
      readTable(token as Tokens.Table, number, lines);
      return;
    case "code": {
      const fence = /^\s*(```|~~~)/.test(token.raw) ? 1 : 0;
      for (const [index, text] of (token as Tokens.Code).text.split("\n").entries())
        push(lines, plain(text), number + fence + index);
      return;
    }
    case "html":
      for (const line of readHtml(token.raw, number).lines) lines.push(line);
      return;
    case "blockquote":
      readBlocks((token as Tokens.Blockquote).tokens, number, lines);
      return;
    case "list": {
      let line = number;
      for (const item of (token as Tokens.List).items) {
        readBlocks(item.tokens, line, lines);
        line += item.raw.split("\n").length - 1;
      }
      return;
    }
    default:
      for (const [index, each] of inlineText(token).split("\n").entries()) {
        const line = readLine(each, number + index);
        if (line !== undefined) lines.push(line);
      }
  }
}

function readTable({ header, rows }: Tokens.Table, number: number, lines: Line[]): void {
  const cellsOf = (row: Tokens.TableCell[]) => row.map((cell) => squeeze(inlineOf(cell.tokens)));
  const add = (row: Tokens.TableCell[], line: number, isHeading: boolean) => {
    const cells = cellsOf(row);
    const text = squeeze(cells.join(" "));
    if (text !== "") lines.push({ number: line, text, cells, ...(isHeading && { isHeading }) });
  };
  add(header, number, true);
  for (const [index, row] of rows.entries()) add(row, number + 2 + index, false);
}

function push(lines: Line[], text: string, number: number): void {
  const squeezed = squeeze(text);
  if (squeezed !== "") lines.push({ number, text: squeezed });
}

function inlineText(token: Token): string {
  return "tokens" in token && token.tokens ? inlineOf(token.tokens) : plain(token.raw);
}

/** The text of inline tokens, with marks around code; line breaks of a paragraph stay. */
function inlineOf(tokens: readonly Token[]): string {
  return tokens
    .map((token): string => {
      switch (token.type) {
        case "codespan":
          return codeStart + plain((token as Tokens.Codespan).text) + codeEnd;
        case "br":
          return "\n";
        case "html":
          return /^<br\b/i.test(token.raw) ? " " : "";
        case "image":
          return "";
        default:
          return "tokens" in token && token.tokens
            ? inlineOf(token.tokens)
            : plain("text" in token ? unescaped(String(token.text)) : token.raw);
      }
    })
    .join("");
}

/** Decodes the entities that people write in Markdown. */
function unescaped(text: string): string {
  return /&[#\w]+;/.test(text)
    ? readHtml(text)
        .lines.map((line) => line.text)
        .join(" ")
    : text;
}
