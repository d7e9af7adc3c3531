import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { watch } from "chokidar";
import { readRegistry } from "../description/index.ts";
import type { OnContracts, Watcher } from "./contracts.ts";

/** So long nothing must be written to a file before it is read, in milliseconds: editors write in pieces. */
const quietMilliseconds = 50;

/** Watches bundles: `<instance>/openapi.yaml` below a folder. */
export function watchBundles(folder: string, take: OnContracts): Watcher {
  const watcher = watch(folder, {
    ignoreInitial: true,
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
    .on("add", read)
    .on("change", read)
    .on("error", (error) => take(`${folder} can't be watched: ${(error as Error).message}.`));
  return { close: () => void watcher.close() };
}
