import { readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { watch } from "chokidar";
import { descriptionNames } from "../description/index.ts";
import { GenerateError, generate } from "../generate/index.ts";
import { CONFIG, generatedPath, SOURCE } from "../generate/paths.ts";
import type { Derived } from "./sources.ts";

/*
 * A child process, in a clone only: when the contract's source changes, it derives generated/ again and sends the bundles to its parent
 * before it writes them. It ends with its parent.
 */
const tell = (derived: Derived): void => void process.send?.(derived, undefined, {}, () => undefined);
process.on("disconnect", () => process.exit());
// Ctrl-C reaches parent and child; the parent decides when the child ends.
for (const signal of ["SIGINT", "SIGHUP"] as const) process.on(signal, () => undefined);

const known = new Map<string, string>();
/** True at first: changes during start-up are derived when the watcher is ready. */
let isRunning = true;
let changedAt: number | undefined;

async function run(): Promise<void> {
  if (isRunning) return;
  isRunning = true;
  while (changedAt !== undefined) {
    const seen = changedAt;
    changedAt = undefined;
    try {
      await generate({
        onDerived(registry, bundles) {
          const texts = bundles
            .filter(({ name, yaml }) => known.get(name) !== yaml)
            .map(({ name, yaml }) => [name, yaml] as const);
          for (const [name, yaml] of texts) known.set(name, yaml);
          tell({ registry, texts, milliseconds: performance.now() - seen });
        },
      });
    } catch (error) {
      tell({
        problem:
          error instanceof GenerateError ? error.message : `The contract can't be derived: ${String(error)}.`,
      });
    }
  }
  isRunning = false;
}

const source = join(SOURCE, "..");
const watcher = watch([source, CONFIG], {
  ignoreInitial: true,
  // Translations only concern the docs.
  ignored: (path) =>
    path.startsWith(join(source, "i18n") + sep) || (path.startsWith(source) && path.endsWith(".md")),
});
watcher.on("all", () => {
  changedAt ??= performance.now();
  void run();
});

// A first run at start-up: it loads everything for the first change, and finds what has changed before the watcher was ready. The current
// bundles are those that are served.
for (const name of descriptionNames)
  known.set(name, readFileSync(generatedPath(name, "openapi.yaml"), "utf8"));
await new Promise<void>((resolve) => watcher.once("ready", () => resolve()));
isRunning = false;
changedAt ??= performance.now();
void run();
