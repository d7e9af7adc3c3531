/** Watches the contract while it is served. In a clone its source is watched, in the package its bundles. */
import { bundlesFolder, type Description, describeAnew } from "../description/index.ts";
import { watchBundles } from "./bundles.ts";
import type { Contracts, OnContracts, Watcher } from "./contracts.ts";
import { watchSources } from "./sources.ts";

export interface WatchOptions {
  /** The instances that are served. */
  readonly names: readonly string[];
  /** Replaces the description of an instance. If it rejects, the reason is reported and the last good one stays. */
  readonly replace: (description: Description) => Promise<void>;
  /** Reports the result of a change, as one line. */
  readonly say: (line: string) => void;
  /** What is watched. In a clone: the contract's source, from which generated/ is derived again. In the package: its bundles. */
  readonly source?: (take: OnContracts, names: readonly string[]) => Watcher;
}

/** Whether this is a clone, with the contract's source. */
const isClone = import.meta.url.endsWith(".ts");

const kept = "The last good contract is still served.";

/** Watches the contract, and replaces it when it changes. */
export function watchContract({ names, replace, say, source = usual }: WatchOptions): Watcher {
  const served = new Set(names);
  /** Changes are handled one after the other. */
  let last = Promise.resolve();

  async function serve({ registry, bundles, seen }: Contracts): Promise<void> {
    if (bundles.size === 0) say("The contract is right again, and is what is served.");
    const changed = new Map([...bundles].filter(([name]) => served.has(name)));
    if (changed.size === 0) return;
    const descriptions = describeAnew(registry, changed);
    for (const description of descriptions) await replace(description);
    const shown = descriptions.map(({ name }) => name).join(", ");
    say(`Served anew: ${shown} (${Math.round(performance.now() - seen)} ms).`);
  }

  const take: OnContracts = (contracts) => {
    if (typeof contracts === "string") {
      say(`${contracts} ${kept}`);
      return;
    }
    last = last
      .then(() => serve(contracts))
      .catch((error: unknown) => say(`${error instanceof Error ? error.message : String(error)} ${kept}`));
  };
  return source(take, names);
}

function usual(take: OnContracts, names: readonly string[]): Watcher {
  return isClone ? watchSources(take, names) : watchBundles(bundlesFolder, take);
}
