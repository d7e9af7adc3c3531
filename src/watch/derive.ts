import { readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { watch } from "chokidar";
import { descriptionNames } from "../description/index.ts";
import { derive, GenerateError, generate } from "../generate/index.ts";
import { CONFIG, generatedPath, SOURCE } from "../generate/paths.ts";
import type { Derived } from "./sources.ts";

/*
 * A process of its own in a clone: when the contract's source changes, it derives generated/ again and tells its parent the bundles before
 * it writes them. It ends with its parent.
 */
const tell = (derived: Derived): void => void process.send?.(derived, undefined, {}, () => undefined);
process.on("disconnect", () => process.exit());
// The parent decides when it ends.
for (const signal of ["SIGINT", "SIGHUP"] as const) process.on(signal, () => undefined);

const known = new Map<string, string>();
/** As it is at first: what comes until all is loaded is derived then. */
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
        quick: true,
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
watch([source, CONFIG], {
  ignoreInitial: true,
  // Translations are the docs'.
  ignored: (path) =>
    path.startsWith(join(source, "i18n") + sep) || (path.startsWith(source) && path.endsWith(".md")),
}).on("all", () => {
  changedAt ??= performance.now();
  void run();
});

// Once beforehand, so that the first change finds everything loaded. What is known is what is served.
for (const name of descriptionNames)
  known.set(name, readFileSync(generatedPath(name, "openapi.yaml"), "utf8"));
await derive({ quick: true }).catch(() => undefined);
isRunning = false;
void run();
