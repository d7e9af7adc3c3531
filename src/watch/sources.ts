import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Registry } from "../description/index.ts";
import type { OnContracts, Watcher } from "./contracts.ts";

/** What the process that derives says: the bundles that have changed, or that the contract is wrong, which it has told at length. */
export type Derived =
  | {
      readonly registry: Registry;
      readonly texts: readonly (readonly [string, string])[];
      readonly milliseconds: number;
    }
  | { readonly problem: string };

/**
 * Watches the contract's source. It is derived in a process of its own: that takes a second of a processor and a few hundred megabytes, of which
 * who serves requests has to know nothing.
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
  // It ends with this process, and doesn't keep it.
  child.unref();
  child.channel?.unref();
  return {
    close() {
      isClosed = true;
      child.disconnect();
    },
  };
}
