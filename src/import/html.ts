import { Parser } from "htmlparser2";
import { codeEnd, codeStart, plain, squeeze, withoutMarks } from "./characters.ts";
import { ImportError } from "./error.ts";
import type { Line, Page } from "./line.ts";

/** No page for people nests deeper. Such input would take too much time. */
const maxDepth = 300;

/** A saved page with everything around it has a few thousand. */
const maxTags = 100_000;

/** Elements that show no text. */
const silent = new Set("script style template svg noscript iframe object head select math canvas".split(" "));
const code = new Set(["code", "kbd", "samp", "tt", "var"]);
const inline = new Set(
  "a abbr b bdi bdo big cite code del dfn em font i img input ins kbd label mark q s samp small span strong sub sup time tt u var wbr button".split(
    " ",
  ),
);

/** Elements whose end tags are optional in HTML. */
const mayStayOpen = new Set("p li dt dd td th tr tbody thead tfoot option html body head br".split(" "));

/** A table that is being read. */
interface Table {
  cells: string[] | undefined;
  headings: number;
  row: number;
}

/** Reads a saved web page: every visible line of text, also in collapsed parts, and its tables row by row. */
export function readHtml(html: string, firstLine = 1): Page {
  for (const [sign, what] of [
    ["<", "tags"],
    ["&", "entities"],
  ] as const) {
    let count = 0;
    for (let at = html.indexOf(sign); at !== -1; at = html.indexOf(sign, at + 1)) count += 1;
    if (count > maxTags) throw new ImportError(`It has ${count} ${what}: that is no documentation page.`);
  }
  return new HtmlReader(html, firstLine).read();
}

class HtmlReader {
  readonly #html: string;
  readonly #lines: Line[] = [];
  readonly #tables: Table[] = [];
  readonly #open: string[] = [];
  #text = "";
  /** Whether the current line has no word yet. Cached, since it is needed for each piece of text. */
  #isBlank = true;
  #start = 0;
  #line: number;
  /** The next line break that was not counted yet. */
  #break: number;
  #silent = 0;
  #pre = 0;
  #language: string | undefined;
  #url: string | undefined;
  #hasRoot = false;
  #isClosed = false;

  constructor(html: string, firstLine: number) {
    this.#html = html;
    this.#line = firstLine;
    this.#break = html.indexOf("\n");
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

  /** Moves to an offset, and counts the lines up to there. */
  #moveTo(offset: number): void {
    while (this.#break !== -1 && this.#break < offset) {
      this.#line += 1;
      this.#break = this.#html.indexOf("\n", this.#break + 1);
    }
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
    else if (name === "hr" || !inline.has(name)) this.#endBlock();
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
      this.#endBlock();
    }
  }

  #onText(text: string, offset: number): void {
    const isPre = this.#pre > 0;
    if (this.#text === "") this.#isBlank = true;
    if (isPre ? this.#text === "" : this.#isBlank) {
      // The line of the first word: empty lines may precede it.
      const blank = isPre ? 0 : (/^\s*/.exec(text)?.[0].length ?? 0);
      this.#moveTo(offset + blank);
      this.#start = this.#line;
    }
    const own = text.replace(/[\u{E000}-\u{F8FF}]/gu, "");
    this.#add(isPre ? own : own.replace(/\s+/g, " "));
  }

  #add(text: string): void {
    if (this.#text === "") this.#isBlank = true;
    this.#isBlank &&= text.trim() === "";
    this.#text += text;
  }

  /** Whether text goes into a cell. Samples in a layout table are lines of their own. */
  #inCell(): boolean {
    return this.#pre === 0 && this.#tables.at(-1)?.cells !== undefined && this.#isWithinCell();
  }

  #isWithinCell(): boolean {
    const cell = Math.max(this.#open.lastIndexOf("td"), this.#open.lastIndexOf("th"));
    return cell > this.#open.lastIndexOf("table");
  }

  /** The end of a block: a space in a cell, a new line elsewhere. */
  #endBlock(): void {
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

  /** Returns the collected text as one line. */
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

/** Letters that are separated only by elements, as in two badges, are two words; code and links are kept whole. */
function plainText(text: string): string {
  const apart = text.replace(/(?<=[\p{L}\p{M}])\u{E002}+(?=\p{L})/gu, " ").replace(/\u{E002}+/gu, "");
  return apart
    .split(/([\u{E000}\u{E001}])/u)
    .map((part) => (part === codeStart || part === codeEnd ? part : plain(part)))
    .join("");
}
