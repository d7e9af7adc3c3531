/** Watches the contract while it is served. In a clone its source is watched, in the package its bundles. */
import {
  bundlesFolder,
  type Description,
  describeBundles,
  descriptionNames,
  shortList,
} from "../description/index.ts";
import { watchBundles } from "./bundles.ts";
import { type Contracts, type OnContracts, type Watcher, wanted } from "./contracts.ts";
import { removedOf } from "./served.ts";
import { watchSources } from "./sources.ts";

/** What to watch for, and what to do then. */
export interface WatchOptions {
  /** The instances that are served. */
  readonly names: readonly string[];
  /** Whether to serve instances, too, that are registered later. Default: no, as where a person has named those to serve. */
  readonly isOpen?: boolean;
  /** Serves an instance from this description. If it rejects, the reason is reported and the last good one stays. */
  readonly serve: (description: Description) => Promise<void>;
  /** Stops serving an instance, which is no longer registered. */
  readonly remove: (name: string) => void;
  /** Reports the result of a change, as one line. */
  readonly say: (line: string) => void;
  /** What is watched. In a clone: the contract's source, from which generated/ is derived again. In the package: its bundles. */
  readonly source?: (take: OnContracts, names: readonly string[], isOpen: boolean) => Watcher;
}

/** Whether this is a clone, with the contract's source. */
const isClone = import.meta.url.endsWith(".ts");

const kept = "Each instance is still served from its last good contract.";

/** Watches the contract, and serves it anew when it changes. */
export function watchContract(options: WatchOptions): Watcher {
  const { names, isOpen = false, say, source = usual } = options;
  const isWanted = wanted(names, isOpen);
  const served = new Set(names);
  /** Changes are handled one after the other. */
  let last = Promise.resolve();
  let isWrong = false;

  async function take({ registry, bundles, seen }: Contracts, wasWrong: boolean): Promise<void> {
    const removed = removedOf(served, registry);
    for (const name of removed) {
      options.remove(name);
      served.delete(name);
    }
    if (removed.length > 0) say(`No longer registered: ${shortList(removed)}. Requests get 404.`);
    else if (bundles.size === 0 && wasWrong) say("The contract is right again, and is what is served.");

    const taken = describeBundles(registry, new Map([...bundles].filter(([name]) => isWanted(name))));
    const added = taken.filter(({ name }) => !served.has(name)).map(({ name }) => name);
    const changed = taken.filter(({ name }) => served.has(name)).map(({ name }) => name);
    for (const description of taken) {
      await options.serve(description);
      served.add(description.name);
    }
    const duration = `(${Math.round(performance.now() - seen)} ms)`;
    const late = added.filter((name) => !descriptionNames.includes(name));
    const docs = late.length === 0 ? "" : ` The docs of ${shortList(late)} follow at the next start.`;
    if (added.length > 0) say(`Newly served: ${shortList(added)} ${duration}.${docs}`);
    if (changed.length > 0) say(`Served anew: ${shortList(changed)} ${duration}.`);
  }

  const onContracts: OnContracts = (contracts) => {
    if (typeof contracts === "string") {
      isWrong = true;
      say(`${contracts} ${kept}`);
      return;
    }
    const wasWrong = isWrong;
    isWrong = false;
    last = last
      .then(() => take(contracts, wasWrong))
      .catch((error: unknown) => say(`${error instanceof Error ? error.message : String(error)} ${kept}`));
  };
  return source(onContracts, names, isOpen);
}

function usual(take: OnContracts, names: readonly string[], isOpen: boolean): Watcher {
  return isClone ? watchSources(take, names, isOpen) : watchBundles(bundlesFolder, take);
}
