import type { Imported } from "./import-page.ts";

/** What became of one page: what was read, or why it can't be. */
export type Outcome =
  | {
      readonly page: string;
      readonly imported: Imported;
      /** The files that were written; none where all of it was registered. Undefined: nothing was to be written, or could be. */
      readonly written?: readonly string[];
      /** Why it was not written. */
      readonly refused?: string;
    }
  | { readonly page: string; readonly error: string };
