import { once } from "node:events";
import { join, sep } from "node:path";
import { watch } from "chokidar";
import type { Registry } from "../description/index.ts";
import { createMemo, deriveContracts, GenerateError, generate } from "../generate/index.ts";
import { registerFile, sourceFile } from "../generate/paths.ts";
import { type IsWanted, wanted, whenQuiet } from "./contracts.ts";
import { removedOf, type Unserved, unserved } from "./served.ts";
import type { Derived, Told } from "./sources.ts";

/*
 * A child process, in a clone only: when the contract's source changes, it derives generated/ again and sends the bundles to its parent
 * before it writes them. It ends with its parent.
 */
function tell(derived: Derived): Promise<void> {
  return new Promise((resolve) => process.send?.(derived, undefined, {}, () => resolve()));
}
process.on("disconnect", () => process.exit());
// Ctrl-C reaches parent and child; the parent decides when the child ends.
for (const signal of ["SIGINT", "SIGHUP"] as const) process.on(signal, () => undefined);

/** Digests of what the parent serves. */
const served = new Map<string, string>();
let isWanted: IsWanted = () => false;
/** True at first: changes during start-up are derived when the watcher is ready. */
let isRunning = true;
let changedAt: number | undefined;
let isGood = true;

/** What was derived last: a change keeps of it what it doesn't concern. */
const memo = createMemo();

async function run(): Promise<void> {
  if (isRunning) return;
  isRunning = true;
  while (changedAt !== undefined) {
    const seen = changedAt;
    changedAt = undefined;
    try {
      await serveAnew(seen);
      isGood = true;
    } catch (error) {
      isGood = false;
      await tell({
        problem:
          error instanceof GenerateError ? error.message : `The contract can't be derived: ${String(error)}.`,
      });
    }
  }
  isRunning = false;
}

async function serveAnew(seen: number): Promise<void> {
  let isTold = false;
  let latest: Registry | undefined;
  const tellOf = (registry: Registry, changed: readonly Unserved[]) => {
    isTold = true;
    const documents = changed.map(({ name, document }) => [name, document] as const);
    return tell({ registry, documents, milliseconds: performance.now() - seen });
  };
  await generate({
    memo,
    first: [...served.keys()],
    // What is derived next keeps the processor busy: the parent gets all of it before.
    async onLinted(registry, bundles) {
      latest = registry;
      const changed = unserved(served, registry, bundles, isWanted);
      const removed = removedOf(served.keys(), registry);
      if (changed.length + removed.length === 0) return;
      for (const name of removed) served.delete(name);
      for (const { name, digest } of changed) served.set(name, digest);
      await tellOf(registry, changed);
    },
  });
  // After a mistake people wait for a message, even if the contract is again the one that is served.
  if (!isGood && !isTold && latest !== undefined) await tellOf(latest, []);
}

const source = join(sourceFile, "..");
const watcher = watch([source, registerFile], {
  ignoreInitial: true,
  awaitWriteFinish: whenQuiet,
  // Translations only concern the docs.
  ignored: (path) =>
    path.startsWith(join(source, "i18n") + sep) || (path.startsWith(source) && path.endsWith(".md")),
});
watcher.on("all", () => {
  changedAt ??= performance.now();
  void run();
});

// A first run at start-up: it loads everything for the first change, and finds what has changed before the watcher was ready.
const ready = new Promise<void>((resolve) => watcher.once("ready", () => resolve()));
const [told] = (await once(process, "message")) as [Told];
for (const [name, digest] of told.served) served.set(name, digest);
isWanted = wanted(served.keys(), told.isOpen);
await ready;
isRunning = false;
changedAt ??= performance.now();
await run();
// Code that has run twice is a third quicker for the first change. The first bundles are enough. A wrong contract was reported already.
if (isGood) {
  isRunning = true;
  const stop = () => Promise.reject(new Error("It has run twice."));
  await deriveContracts({ quick: true, onLinted: stop }).catch(() => undefined);
  isRunning = false;
  void run();
}
