import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { command } from "../tool.ts";

/** Where the tools of package.json are. */
export const modules = join(import.meta.dirname, "../node_modules");

/** Whether `npm ci` was run in interop/. */
export const areInstalled = existsSync(modules);

/** What to do where they are not. */
export const howToInstall = "npm ci --prefix interop --ignore-scripts";

/** The version of a tool of package.json. */
export const versionOf = (name: string) => (): string =>
  JSON.parse(readFileSync(join(modules, name, "package.json"), "utf8")).version;

/** Runs the command of a tool of package.json. */
export const npmCommand = (name: string, args: readonly string[], cwd: string): Promise<string> =>
  command(join(modules, ".bin", name), args, cwd);
