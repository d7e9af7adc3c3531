import type { Description } from "../../description/index.ts";

/** An instance as it is served here. */
export interface ServedInstance {
  readonly name: string;
  /** The path of its mock's base URL. */
  readonly mock?: string | undefined;
  /** The path of its sandbox's base URL. */
  readonly sandbox?: string | undefined;
}

/** What a page is about. */
export interface PageOptions {
  /** The instances, in the order in which readers see them; the first one is shown first. */
  readonly instances: readonly ServedInstance[];
  /** Keys that the page gives to whoever can open it. */
  readonly apiKeys?: readonly string[] | undefined;
  /** Where the docs are served, with a slash at the end. */
  readonly docs?: string | undefined;
  /** The description that an instance is served from right now. */
  readonly descriptionOf: (name: string) => Description;
}

/** Where the page's own files are. They are no interface: only the page asks for them. */
export const pageFiles = "/_page/";
