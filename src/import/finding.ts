/** What is told of a page beside its facts. */
export interface Finding {
  /** In a word or two, for machines: it names a kind of finding, and never changes. */
  readonly kind: string;
  /**
   * `differs`: not what is registered; `unknown`: the contract doesn't know it; `odd`: the page is at odds with itself or with other pages;
   * `missing`: not there to be read.
   */
  readonly level: "differs" | "unknown" | "odd" | "missing";
  readonly message: string;
  /** The line of the page, from 1; null where there is none. */
  readonly line: number | null;
}

/** A list as people write it. */
export function listed(values: readonly unknown[]): string {
  return values.length === 0 ? "none" : values.map(String).join(", ");
}
