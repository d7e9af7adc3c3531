/** A remark about a page, besides its facts. */
export interface Finding {
  /** A short identifier for machines. It names the kind of finding, and never changes. */
  readonly kind: string;
  /**
   * `differs`: differs from what is registered. `unknown`: the contract does not know it. `odd`: the page contradicts itself or other
   * pages. `missing`: it could not be read.
   */
  readonly level: "differs" | "unknown" | "odd" | "missing";
  readonly message: string;
  /** The line of the page, from 1; null if there is none. */
  readonly line: number | null;
}

/** A list in words. */
export function listed(values: readonly unknown[]): string {
  return values.length === 0 ? "none" : values.map(String).join(", ");
}
