import type { Description } from "../../description/index.ts";
import type { Download } from "../downloads.ts";
import type { Language } from "../languages.ts";
import type { Translation } from "../site-page.ts";

/** One page of the reference: an instance in a language. */
export interface ReferencePage {
  readonly description: Description;
  readonly language: Language;
  /** The other languages that this instance's reference is in, and the way to each from this page. */
  readonly others: readonly Translation[];
  /** Whether readers get English because nobody has translated the docs into the instance's language. */
  readonly isUntranslated: boolean;
  /** The way from the page to the site's folder, with a slash at the end: `../`. */
  readonly root: string;
  /** The way from the page to the instance's folder: empty, or `../`. */
  readonly folder: string;
  /** The page's own path in the site: `k.aws.bj/index.html`. */
  readonly path: string;
  /** The absolute address of the site, with a slash at the end, where it is known. */
  readonly address: string | undefined;
  /** Files in the instance's folder that can be downloaded. */
  readonly downloads: readonly Download[];
}

/** Where the servers of this project are when they are started without options; live pages put their own origin in its place. */
export const localOrigin = "http://127.0.0.1:4010";

/** A key for the sandbox: live pages put their own in its place. */
export const localKey = "sandbox-key-of-this-server";
