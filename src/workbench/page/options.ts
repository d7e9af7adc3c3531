import type { Description } from "../../description/index.ts";

/** An instance that is served here. */
export interface ServedInstance {
  readonly name: string;
  /** The path of its mock's base URL. */
  readonly mock?: string | undefined;
  /** The path of its sandbox's base URL. */
  readonly sandbox?: string | undefined;
}

/** What a page is about. */
export interface PageOptions {
  /** The instances that are served now, in the order in which readers see them. The page opens with the first. Watch mode changes them. */
  readonly instances: () => readonly ServedInstance[];
  /** Keys that the page shows to everybody who can open it. */
  readonly apiKeys?: readonly string[] | undefined;
  /** The path where the docs are served, with a final slash. */
  readonly docs?: string | undefined;
  /** The description that an instance is served from now; watch mode replaces it. */
  readonly descriptionOf: (name: string) => Description;
}

/** The path of the page's own files. Only the page uses them; they are no public interface. */
export const pageFiles = "/_page/";
