import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { watch } from "chokidar";
import { readRegistry } from "../description/index.ts";
import { type OnContracts, type Watcher, whenQuiet } from "./contracts.ts";

/** How far a file's timestamp may be behind the clock, in milliseconds. */
const clockMilliseconds = 20;

/** Watches the bundles in a folder: `<instance>/openapi.yaml`. */
export function watchBundles(folder: string, take: OnContracts): Watcher {
  const begun = Date.now() - clockMilliseconds;
  const found = new Set<string>();
  const watcher = watch(folder, {
    alwaysStat: true,
    awaitWriteFinish: whenQuiet,
    // The path is not tested for dot folders: an installed package may be below one.
    ignored: (path, stats) => stats?.isFile() === true && basename(path) !== "openapi.yaml",
  });
  const read = (path: string, isGone = false) => {
    const seen = performance.now();
    const name = basename(dirname(path));
    try {
      const registry = readRegistry();
      const isRemoved = isGone && !Object.hasOwn(registry.instances, name);
      const bundle = () => readFileSync(join(folder, name, "openapi.yaml"), "utf8");
      take({ registry, bundles: new Map(isRemoved ? [] : [[name, bundle()]]), seen });
    } catch (error) {
      take(isGone ? `${path} is missing.` : (error as Error).message);
    }
  };
  watcher
    .on("add", (path, stats) => {
      // Initial files are served already, unless they changed while the folder was being scanned.
      const isOld = !found.has(path) && stats !== undefined && stats.mtimeMs < begun;
      found.add(path);
      if (!isOld) read(path);
    })
    .on("change", (path) => read(path))
    .on("unlink", (path) => read(path, true))
    .on("error", (error) => take(`${folder} can't be watched: ${(error as Error).message}.`));
  return { close: () => void watcher.close() };
}
