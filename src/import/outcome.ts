import type { Imported } from "./import-page.ts";

/** The result of one page: what was read, or why it can't be read. */
export type Outcome =
  | {
      readonly page: string;
      readonly imported: Imported;
      /** The files that were written; empty if everything was registered already. Undefined: nothing had to be written, or could be. */
      readonly written?: readonly string[];
      /** Why it was not written. */
      readonly refused?: string;
    }
  | { readonly page: string; readonly error: string };
