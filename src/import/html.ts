import { Parser } from "htmlparser2";
import { codeEnd, codeStart, plain, squeeze, withoutMarks } from "./characters.ts";
import { ImportError } from "./error.ts";
import type { Line, Page } from "./line.ts";

/** No page for people nests its parts deeper; what does was made to keep a reader busy. */
const maxDepth = 300;

/** What shows no text of the page. */
const silent = new Set("script style template svg noscript iframe object head select math canvas".split(" "));
const code = new Set(["code", "kbd", "samp", "tt", "var"]);
const inline = new Set(
  "a abbr b bdi bdo big cite code del dfn em font i img input ins kbd label mark q s samp small span strong sub sup time tt u var wbr button".split(
    " ",
  ),
);

/** What HTML lets end without a tag. */
const mayStayOpen = new Set("p li dt dd td th tr tbody thead tfoot option html body head br".split(" "));

/** A table that is being read. */
interface Table {
  cells: string[] | undefined;
  headings: number;
  row: number;
}

/** Reads a saved web page: every line of text that it shows, collapsed parts included, and its tables row by row. */
export function readHtml(html: string, firstLine = 1): Page {
  const reader = new HtmlReader(html, firstLine);
  return reader.read();
}

class HtmlReader {
  readonly #html: string;
  readonly #lines: Line[] = [];
  readonly #tables: Table[] = [];
  readonly #open: string[] = [];
  #text = "";
  #start = 0;
  #line: number;
  #offset = 0;
  #silent = 0;
  #pre = 0;
  #language: string | undefined;
  #url: string | undefined;
  #hasRoot = false;
  #isClosed = false;

  constructor(html: string, firstLine: number) {
    this.#html = html;
    this.#line = firstLine;
  }

  read(): Page {
    const parser: Parser = new Parser({
      onopentag: (name, attributes) => this.#onOpen(name, attributes, parser.startIndex),
      onclosetag: (name, isImplied) => this.#onClose(name, isImplied, parser.startIndex),
      ontext: (text) => {
        if (this.#silent === 0) this.#onText(text, parser.startIndex);
      },
    });
    parser.write(this.#html);
    const isOpen = this.#open.some((name) => !mayStayOpen.has(name));
    parser.end();
    this.#flush();
    return {
      lines: this.#lines,
      isCut: isOpen || (this.#hasRoot && !this.#isClosed),
      ...(this.#language !== undefined && { language: this.#language }),
      ...(this.#url !== undefined && { url: this.#url }),
    };
  }

  /** Moves on to an offset, and counts the lines up to there. */
  #moveTo(offset: number): void {
    for (;;) {
      const next = this.#html.indexOf("\n", this.#offset);
      if (next === -1 || next >= offset) break;
      this.#line += 1;
      this.#offset = next + 1;
    }
    this.#offset = Math.max(this.#offset, offset);
  }

  #onOpen(name: string, attributes: Record<string, string>, offset: number): void {
    if (this.#open.push(name) > maxDepth) {
      this.#moveTo(offset);
      throw new ImportError(
        `The page nests more than ${maxDepth} elements at line ${this.#line}: that is no documentation page.`,
      );
    }
    this.#noteDocument(name, attributes);
    if (silent.has(name)) this.#silent += 1;
    if (this.#silent > 0) return;
    this.#moveTo(offset);
    const table = this.#tables.at(-1);
    if (name === "table") {
      this.#flush();
      this.#tables.push({ cells: undefined, headings: 0, row: this.#line });
    } else if (name === "tr" && table) {
      this.#endRow(table);
      table.cells = [];
      table.row = this.#line;
    } else if ((name === "td" || name === "th") && table?.cells) {
      this.#text = "";
      if (name === "th") table.headings += 1;
    } else if (name === "pre" || name === "textarea") {
      this.#flush();
      this.#pre += 1;
    } else if (name === "br") this.#add(this.#inCell() ? " " : "\n");
    else if (name === "hr" || !inline.has(name)) this.#break();
    else if (code.has(name) && this.#pre === 0) this.#add(codeStart);
    else if (!code.has(name)) this.#add("\u{E002}");
    if (name === "input" && /\/|^[A-Z]+$/.test(attributes.value ?? "")) this.#add(` ${attributes.value} `);
  }

  #onClose(name: string, isImplied: boolean, offset: number): void {
    this.#open.pop();
    if ((name === "html" || name === "body") && !isImplied) this.#isClosed = true;
    if (silent.has(name)) {
      this.#silent = Math.max(0, this.#silent - 1);
      return;
    }
    if (this.#silent > 0) return;
    const table = this.#tables.at(-1);
    if (name === "table" && table) {
      this.#endRow(table);
      this.#tables.pop();
    } else if (name === "tr" && table) this.#endRow(table);
    else if ((name === "td" || name === "th") && table?.cells) {
      table.cells.push(this.#take());
    } else if (name === "pre" || name === "textarea") {
      this.#flush();
      this.#pre -= 1;
    } else if (code.has(name)) {
      if (this.#pre === 0) this.#add(codeEnd);
    } else if (inline.has(name)) this.#add("\u{E002}");
    else {
      this.#moveTo(offset);
      this.#break();
    }
  }

  #onText(text: string, offset: number): void {
    const isPre = this.#pre > 0;
    if (isPre ? this.#text === "" : this.#text.trim() === "") {
      // The line of the first word: what stands before it may be empty lines.
      const blank = isPre ? 0 : (/^\s*/.exec(text)?.[0].length ?? 0);
      this.#moveTo(offset + blank);
      this.#start = this.#line;
    }
    const own = text.replace(/[\u{E000}-\u{F8FF}]/gu, "");
    this.#add(isPre ? own : own.replace(/\s+/g, " "));
  }

  #add(text: string): void {
    this.#text += text;
  }

  /** Whether text goes into a cell. Samples in a table that lays out the page are lines of their own. */
  #inCell(): boolean {
    return this.#pre === 0 && this.#tables.at(-1)?.cells !== undefined && this.#isWithinCell();
  }

  #isWithinCell(): boolean {
    const cell = Math.max(this.#open.lastIndexOf("td"), this.#open.lastIndexOf("th"));
    return cell > this.#open.lastIndexOf("table");
  }

  /** The end of a block: in a cell a space, elsewhere the end of the line. */
  #break(): void {
    if (this.#inCell()) this.#add(" ");
    else this.#flush();
  }

  #endRow(table: Table): void {
    if (table.cells === undefined) return;
    if (this.#isWithinCell()) table.cells.push(this.#take());
    const { cells, headings, row } = table;
    table.cells = undefined;
    table.headings = 0;
    const text = squeeze(cells.join(" "));
    if (text === "") return;
    this.#lines.push({ number: row, text, cells, ...(headings === cells.length && { isHeading: true }) });
  }

  /** What was gathered, as one line. */
  #take(): string {
    const text = squeeze(plainText(this.#text));
    this.#text = "";
    return text;
  }

  #flush(): void {
    const { number, text } = { number: this.#start, text: plainText(this.#text) };
    this.#text = "";
    for (const [index, each] of text.split("\n").entries()) {
      if (squeeze(withoutMarks(each)) === "") continue;
      this.#lines.push({ number: this.#pre > 0 ? number + index : number, text: squeeze(each) });
    }
  }

  #noteDocument(name: string, attributes: Record<string, string>): void {
    if (name === "html" || name === "body") this.#hasRoot = true;
    if (name === "html") this.#language ??= attributes.lang ?? attributes["xml:lang"];
    if (name === "link" && attributes.rel === "canonical") this.#url ??= attributes.href;
    if (name === "meta" && attributes.property === "og:url") this.#url ??= attributes.content;
  }
}

/** Letters that only two elements keep apart, as two badges do, are two words; code and links are whole. */
function plainText(text: string): string {
  const apart = text.replace(/(?<=[\p{L}\p{M}])\u{E002}+(?=\p{L})/gu, " ").replace(/\u{E002}+/gu, "");
  return apart
    .split(/([\u{E000}\u{E001}])/u)
    .map((part) => (part === codeStart || part === codeEnd ? part : plain(part)))
    .join("");
}
