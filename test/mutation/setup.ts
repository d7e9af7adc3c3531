import { inject } from "vitest";

declare module "vitest" {
  interface ProvidedContext {
    /** Stryker's: whether a mutant is there while modules load, or from the first test on. */
    mutantActivation: "static" | "runtime" | undefined;
  }
}

// A thread is kept (kept-thread.ts), and with it the mutant that was tried last: modules must not load with that.
const stryker = (globalThis as { __stryker__?: { activeMutant?: string } }).__stryker__;
if (stryker !== undefined && inject("mutantActivation") !== "static") delete stryker.activeMutant;
