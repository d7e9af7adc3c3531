import type { Node, Registry } from "../description/index.ts";

/** The changed contracts. */
export interface Contracts {
  readonly registry: Registry;
  /** The changed bundles, by instance name: parsed, or as YAML. */
  readonly bundles: ReadonlyMap<string, Node | string>;
  /** When the change was seen, by `performance.now()`. */
  readonly seen: number;
}

/** Called with the changed contracts, or with one line that says what is wrong with them. */
export type OnContracts = (contracts: Contracts | string) => void;

/** Watches until it is closed. */
export interface Watcher {
  close(): void;
}
