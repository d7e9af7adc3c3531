import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import type { InputOptions } from "rolldown";
import { rolldown } from "rolldown";
import { projectRoot } from "../../src/generate/paths.ts";
import { buildPackage } from "../../src/package/index.ts";
import type { Figure } from "../figures/figure.ts";

const BAR = 6000;
const modules = join(projectRoot, "node_modules");
/** Bundlers that the project does not depend on are installed in interop/. */
const tools = createRequire(join(projectRoot, "interop/package.json"));

/** Writes one minified file for browsers, of an entry and all that it imports. */
type Bundle = (input: string, file: string) => Promise<unknown>;

const bundlers: Record<string, Bundle> = {
  rolldown: async (input, file) => {
    const options: InputOptions = {
      input,
      platform: "browser",
      resolve: { modules: [modules] },
      logLevel: "silent",
    };
    await (await rolldown(options)).write({ file, minify: true, format: "esm" });
  },
  esbuild: (input, outfile) =>
    tools("esbuild").build({
      ...{ entryPoints: [input], outfile, bundle: true, minify: true, format: "esm", platform: "browser" },
      nodePaths: [modules],
    }),
  rollup: async (input, file) => {
    const resolve = tools("@rollup/plugin-node-resolve").default({ browser: true, modulePaths: [modules] });
    const bundle = await tools("rollup").rollup({ input, plugins: [resolve] });
    await bundle.write({ file, format: "esm", plugins: [tools("@rollup/plugin-terser")({ module: true })] });
  },
  webpack: (input, file) =>
    promisify(tools("webpack"))({
      ...{ mode: "production", target: ["web", "es2022"], entry: input, resolve: { modules: [modules] } },
      experiments: { outputModule: true },
      output: { path: join(file, ".."), filename: file.split("/").at(-1), library: { type: "module" } },
    }),
};

/** What is bundled: everything that importing it ships, dependencies included. */
const entriesOf = (client: string): Record<string, string> => ({
  "createClient, openapi-fetch included": `export { createClient } from ${JSON.stringify(client)};`,
  "all exports, openapi-fetch included": `export * from ${JSON.stringify(client)};`,
  "openapi-fetch alone": 'export { default } from "openapi-fetch";',
  ky: 'export { default } from "ky";',
  axios: 'export { default } from "axios";',
});

/** The sizes of what users ship, minified by each bundler and compressed with gzip -9. */
export async function benchSize(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), "size-"));
  const figures: Figure[] = [];
  const there = Object.entries(bundlers).filter(([name]) => name === "rolldown" || isInstalled(name));
  if (there.length < Object.keys(bundlers).length)
    console.log(
      "\nOther bundlers are measured where they are installed: npm ci --prefix interop --ignore-scripts",
    );
  const title = "Size, in bytes: minified + gzip";
  console.log(`\n${title.padEnd(40)}${there.map(([name]) => name.padStart(16)).join("")}`);
  try {
    const entries = entriesOf(join(projectRoot, await buildPackage("client"), "src/client/index.js"));
    for (const [n, [name, code]] of Object.entries(entries).entries()) {
      const input = join(folder, `entry${n}.js`);
      await writeFile(input, code);
      const cells: string[] = [];
      for (const [bundler, bundle] of there) {
        const file = join(folder, `${bundler}${n}.mjs`);
        await bundle(input, file);
        const text = await readFile(file);
        const size = gzipSync(text, { level: 9 }).length;
        cells.push(`${text.length} ${String(size).padStart(7)}`.padStart(16));
        if (n === 0)
          figures.push({
            what: `createClient by ${bundler}, gzipped`,
            value: size,
            unit: "bytes",
            most: BAR,
          });
      }
      console.log(`  ${name.padEnd(38)}${cells.join("")}`);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  return figures;
}

function isInstalled(name: string): boolean {
  try {
    tools.resolve(name);
    return true;
  } catch {
    return false;
  }
}
