import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { watch } from "chokidar";
import { readRegistry } from "../description/index.ts";
import type { OnContracts, Watcher } from "./contracts.ts";

/** How long a file must not change before it is read, in milliseconds: editors write in pieces. */
const quietMilliseconds = 50;

/** How far a file's timestamp may be behind the clock, in milliseconds. */
const clockMilliseconds = 20;

/** Watches the bundles in a folder: `<instance>/openapi.yaml`. */
export function watchBundles(folder: string, take: OnContracts): Watcher {
  const begun = Date.now() - clockMilliseconds;
  const found = new Set<string>();
  const watcher = watch(folder, {
    alwaysStat: true,
    awaitWriteFinish: { stabilityThreshold: quietMilliseconds, pollInterval: 10 },
    // The path is not tested for dot folders: an installed package may be below one.
    ignored: (path, stats) => stats?.isFile() === true && basename(path) !== "openapi.yaml",
  });
  const read = (path: string) => {
    const seen = performance.now();
    try {
      const name = basename(dirname(path));
      take({
        registry: readRegistry(),
        bundles: new Map([[name, readFileSync(join(folder, name, "openapi.yaml"), "utf8")]]),
        seen,
      });
    } catch (error) {
      take((error as Error).message);
    }
  };
  watcher
    .on("add", (path, stats) => {
      // Initial files are served already, unless they changed while the folder was being scanned.
      const isOld = !found.has(path) && stats !== undefined && stats.mtimeMs < begun;
      found.add(path);
      if (!isOld) read(path);
    })
    .on("change", read)
    .on("error", (error) => take(`${folder} can't be watched: ${(error as Error).message}.`));
  return { close: () => void watcher.close() };
}
