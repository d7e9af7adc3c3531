import { chmodSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { rolldown } from "rolldown";

/** Packages of many small files, which take longer to load than all of this project's code. Pino starts threads from files of its own. */
const inside = ["ajv", "ajv-formats", "commander", "fastify", "yaml"];

/**
 * Bundles scripts of the project, or of a copy of it, into a folder for temporary files. To transpile some hundred files takes most of the
 * second in which a command starts. Each module believes that it still is where it stands, so that it finds its data.
 *
 * @param root the folder of the project or the copy
 * @param scripts relative to it, in one folder, such as `src/cli/mock.ts`
 * @returns the path of a script's bundle
 */
export async function bundleScripts(
  root: string,
  scripts: readonly string[],
): Promise<(script: string) => string> {
  const folder = mkdtempSync(join(tmpdir(), "commands-"));
  // Some tests run a command as another user.
  chmodSync(folder, 0o755);
  const build = await rolldown({
    input: scripts.map((script) => join(root, script)),
    platform: "node",
    logLevel: "silent",
    // package.json says of the client's modules that nothing runs when they are imported; of the commands that isn't so.
    treeshake: false,
    plugins: [
      {
        name: "found in node_modules",
        resolveId: (id, importer) => {
          const [, name = ""] = /^(?!node:)((?:@[^/]+\/)?\w[\w.-]*)/.exec(id) ?? [];
          if (name === "" || inside.includes(name)) return null;
          if (!importer?.includes("node_modules")) return { id: import.meta.resolve(id), external: true };
          // Fastify requires it, and files are required by their paths.
          return name === "pino" ? { id: fileURLToPath(import.meta.resolve(id)), external: true } : null;
        },
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
  return (script) => join(folder, script.replace(/^.*\/|\.ts$/g, "")).concat(".mjs");
}
