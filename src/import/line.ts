/** A line of a page as a person sees it, whatever the page is written in. */
export interface Line {
  /** Where it stands in the file, from 1. */
  readonly number: number;
  /** In plain characters, with marks around code; the cells of a row joined by spaces. */
  readonly text: string;
  /** The cells, where the line is a row of a table. A cell's code is marked. */
  readonly cells?: readonly string[];
  /** Whether all cells are headings. */
  readonly isHeading?: boolean;
}

/** What a page looks like, read from one of its forms. */
export interface Page {
  readonly lines: readonly Line[];
  /** The language that the page names, as a BCP 47 tag. */
  readonly language?: string;
  /** The address that the page names as its own. */
  readonly url?: string;
  /** Whether the file ends before the page does: an HTML document that is not closed. */
  readonly isCut: boolean;
}
