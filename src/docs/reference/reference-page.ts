import type { Description } from "../../description/index.ts";
import type { Download } from "../downloads.ts";
import type { Language } from "../languages.ts";
import type { Translation } from "../site-page.ts";

/** One page of the reference: an instance in a language. */
export interface ReferencePage {
  readonly description: Description;
  readonly language: Language;
  /** The translations of this reference, with relative paths. */
  readonly others: readonly Translation[];
  /** Whether the page is in English because there is no translation into the instance's language. */
  readonly isUntranslated: boolean;
  /** The relative path to the site's folder, with a final slash: `../`. */
  readonly root: string;
  /** The relative path to the instance's folder: empty, or `../`. */
  readonly folder: string;
  /** The page's path in the site: `k.aws.bj/index.html`. */
  readonly path: string;
  /** The absolute URL of the site, with a final slash, if it is known. */
  readonly address: string | undefined;
  /** Files in the instance's folder that can be downloaded. */
  readonly downloads: readonly Download[];
}

/** The default origin of this project's servers. A server replaces it by its own origin. */
export const localOrigin = "http://127.0.0.1:4010";

/** A placeholder for a key of the sandbox. A server replaces it by a real one. */
export const localKey = "sandbox-key-of-this-server";
