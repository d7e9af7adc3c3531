import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundleScripts } from "./bundle.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** The commands that tests start; all tests of a worker bundle them once. */
const names = ["contract", "generate", "import", "mock", "sandbox", "sandbox-data"];
const scripts = names.map((name) => `src/cli/${name}.ts`);

/** Prism loads a module that Node 22.12 warns about. */
const quiet = "--disable-warning=DEP0040";

const bundled = await bundleScripts(root, scripts);

/** Node's arguments to run a script of the project from any folder: the bundled command if there is one, else the script itself. */
export function nodeArguments(script: string): string[] {
  if (scripts.includes(script)) return [quiet, bundled(script)];
  return [quiet, "--import", import.meta.resolve("@oxc-node/core/register"), join(root, script)];
}
