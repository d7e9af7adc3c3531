import { chmodSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { rolldown } from "rolldown";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** The commands that tests start often, in the folder src/cli/. */
const names = ["contract", "import", "mock", "sandbox", "sandbox-data"];

/** Prism brings a module that Node 22.12 warns of. */
const quiet = "--disable-warning=DEP0040";

/**
 * Bundles the commands into a folder for temporary files. To transpile some hundred files takes most of the second in which a command
 * starts; all tests of a worker do it once. Each module believes that it still is where it stands, so that it finds its data.
 */
async function bundle(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "commands-"));
  // Some tests run a command as another user.
  chmodSync(folder, 0o755);
  const build = await rolldown({
    input: names.map((name) => join(root, `src/cli/${name}.ts`)),
    platform: "node",
    logLevel: "silent",
    // package.json says of the client's modules that nothing runs when they are imported; of the commands that isn't so.
    treeshake: false,
    plugins: [
      {
        name: "found in node_modules",
        resolveId: (id) =>
          /^(?!node:)[\w@]/.test(id) ? { id: import.meta.resolve(id), external: true } : null,
      },
      {
        name: "where a module stands",
        transform: (code, id) =>
          code.includes("import.meta.url")
            ? code.replaceAll("import.meta.url", JSON.stringify(pathToFileURL(id).href))
            : null,
      },
    ],
  });
  try {
    await build.write({
      dir: folder,
      format: "esm",
      entryFileNames: "[name].mjs",
      chunkFileNames: "[name]-[hash].mjs",
    });
  } finally {
    await build.close();
  }
  return folder;
}

const folder = await bundle();

/** What Node is given to run a script of the project, from whatever folder: a command that is bundled, or else the script itself. */
export function nodeArguments(script: string): string[] {
  const name = /^src\/cli\/(.+)\.ts$/.exec(script)?.[1] ?? "";
  if (names.includes(name)) return [quiet, join(folder, `${name}.mjs`)];
  return [quiet, "--import", import.meta.resolve("@oxc-node/core/register"), join(root, script)];
}
