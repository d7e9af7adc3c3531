import type { Registry } from "../description/index.ts";

/** Contracts as they are now. */
export interface Contracts {
  readonly registry: Registry;
  /** The bundles that have changed, by the instances' names. */
  readonly texts: ReadonlyMap<string, string>;
  /** When the change was seen, by `performance.now()`. */
  readonly seen: number;
}

/** Told the contracts that have changed, or in one line what is wrong with them. */
export type OnContracts = (contracts: Contracts | string) => void;

/** What watches, until it is closed. */
export interface Watcher {
  close(): void;
}
