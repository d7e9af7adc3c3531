/** A line of a page as a person sees it, in any format. */
export interface Line {
  /** Its line in the file, from 1. */
  readonly number: number;
  /** Normalised text, with marks around code; the cells of a row are joined by spaces. */
  readonly text: string;
  /** The cells of a table row, with marks around code. */
  readonly cells?: readonly string[];
  /** Whether all cells are headings. */
  readonly isHeading?: boolean;
}

/** A page, read from any format. */
export interface Page {
  readonly lines: readonly Line[];
  /** The language that the page names, as a BCP 47 tag. */
  readonly language?: string;
  /** The URL that the page names as its own. */
  readonly url?: string;
  /** Whether the file ends early: an HTML document that is not closed. */
  readonly isCut: boolean;
}
