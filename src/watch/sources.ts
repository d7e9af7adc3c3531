import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Node, Registry } from "../description/index.ts";
import type { OnContracts, Watcher } from "./contracts.ts";
import { servedOf } from "./served.ts";

/** The message to the child process. */
export interface Told {
  /** Digests of what is served, by instance name. */
  readonly served: readonly (readonly [string, string])[];
  /** Whether instances are served, too, that the register lists later. */
  readonly isOpen: boolean;
}

/** The messages of the child process: the new and changed bundles, or that the contract is wrong, which it has already printed in detail. */
export type Derived =
  | {
      readonly registry: Registry;
      readonly documents: readonly (readonly [string, Node])[];
      readonly milliseconds: number;
    }
  | { readonly problem: string };

/**
 * Watches the contract's source. A child process derives the contracts: that takes a second of processor time and a few hundred megabytes,
 * which must not slow down the servers.
 */
export function watchSources(take: OnContracts, names: readonly string[], isOpen: boolean): Watcher {
  let isClosed = false;
  const child = fork(fileURLToPath(new URL("derive.ts", import.meta.url)), {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  child.send({ served: [...servedOf(names)], isOpen } satisfies Told);
  child.on("message", (derived: Derived) => {
    if ("problem" in derived) take(derived.problem);
    else
      take({
        registry: derived.registry,
        bundles: new Map(derived.documents),
        seen: performance.now() - derived.milliseconds,
      });
  });
  child.on("exit", (code) => {
    if (!isClosed) take(`What watches the contract has ended with ${code}: start again to see changes.`);
  });
  // The child ends with this process, and does not keep it alive.
  child.unref();
  child.channel?.unref();
  return {
    close() {
      isClosed = true;
      child.disconnect();
    },
  };
}
