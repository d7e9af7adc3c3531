import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

/** The compiler of `npm run typecheck`. It writes the same files as TypeScript 5.9, in a third of the time. */
const tsc = join(
  dirname(createRequire(import.meta.url).resolve("typescript-native/package.json")),
  "bin/tsc",
);

/**
 * Compiles the code that a configuration names into a folder.
 *
 * @throws an error whose `stdout` has the compiler's messages when it does not compile
 */
export async function compile(
  root: string,
  config: string,
  target: string,
  ...options: string[]
): Promise<void> {
  await promisify(execFile)(process.execPath, [tsc, "-p", config, "--outDir", target, ...options], {
    cwd: root,
  });
}
