import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Registry } from "../description/index.ts";
import type { OnContracts, Watcher } from "./contracts.ts";

/** The messages of the child process: the changed bundles, or that the contract is wrong, which it has already printed in detail. */
export type Derived =
  | {
      readonly registry: Registry;
      readonly texts: readonly (readonly [string, string])[];
      readonly milliseconds: number;
    }
  | { readonly problem: string };

/**
 * Watches the contract's source. A child process derives the contracts: that takes a second of processor time and a few hundred megabytes,
 * which must not slow down the servers.
 */
export function watchSources(take: OnContracts): Watcher {
  let isClosed = false;
  const child = fork(fileURLToPath(new URL("derive.ts", import.meta.url)), {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  child.on("message", (derived: Derived) => {
    if ("problem" in derived) take(derived.problem);
    else
      take({
        registry: derived.registry,
        texts: new Map(derived.texts),
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
