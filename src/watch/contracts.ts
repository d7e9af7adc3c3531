import { familyName, type Node, type Registry } from "../description/index.ts";

/** The changed contracts. */
export interface Contracts {
  readonly registry: Registry;
  /** The new and the changed bundles, by instance name: parsed, or as YAML. None, if an instance was removed or a mistake was undone. */
  readonly bundles: ReadonlyMap<string, Node | string>;
  /** When the change was seen, by `performance.now()`. */
  readonly seen: number;
}

/** Called with the changed contracts, or with one line that says what is wrong with them. */
export type OnContracts = (contracts: Contracts | string) => void;

/** Whether an instance is to be served if the register lists it. */
export type IsWanted = (name: string) => boolean;

/** Those served at the start are wanted, and with `isOpen` also those that are registered later. */
export function wanted(names: Iterable<string>, isOpen: boolean): IsWanted {
  const named = new Set(names);
  return (name) => named.has(name) || (isOpen && name !== familyName);
}

/** Watches until it is closed. */
export interface Watcher {
  close(): void;
}

/** When a file is read, in milliseconds after its last change: editors empty a file before they write it, and write in pieces. */
export const whenQuiet = { stabilityThreshold: 50, pollInterval: 10 };
