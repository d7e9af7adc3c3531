import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { watch } from "chokidar";
import { readRegistry } from "../description/index.ts";
import type { OnContracts, Watcher } from "./contracts.ts";

/** So long nothing must be written to a file before it is read, in milliseconds: editors write in pieces. */
const quietMilliseconds = 50;

/** A file's time may be so much behind the clock, in milliseconds. */
const clockMilliseconds = 20;

/** Watches bundles: `<instance>/openapi.yaml` below a folder. */
export function watchBundles(folder: string, take: OnContracts): Watcher {
  const begun = Date.now() - clockMilliseconds;
  const found = new Set<string>();
  const watcher = watch(folder, {
    alwaysStat: true,
    awaitWriteFinish: { stabilityThreshold: quietMilliseconds, pollInterval: 10 },
    // Installed packages are below a folder whose name begins with a dot in some places: only what is below this one counts.
    ignored: (path, stats) => stats?.isFile() === true && basename(path) !== "openapi.yaml",
  });
  const read = (path: string) => {
    const seen = performance.now();
    try {
      const name = basename(dirname(path));
      take({
        registry: readRegistry(),
        texts: new Map([[name, readFileSync(join(folder, name, "openapi.yaml"), "utf8")]]),
        seen,
      });
    } catch (error) {
      take((error as Error).message);
    }
  };
  watcher
    .on("add", (path, stats) => {
      // What was there before is served already, unless it was changed while the folder was looked through.
      const isOld = !found.has(path) && stats !== undefined && stats.mtimeMs < begun;
      found.add(path);
      if (!isOld) read(path);
    })
    .on("change", read)
    .on("error", (error) => take(`${folder} can't be watched: ${(error as Error).message}.`));
  return { close: () => void watcher.close() };
}
