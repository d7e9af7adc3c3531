import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { rolldown } from "rolldown";
import type { Figure } from "../figures/figure.ts";

const BAR = 6000;
const root = new URL("../..", import.meta.url);
const from = (path: string) => JSON.stringify(fileURLToPath(new URL(path, root)));

/** Bundled and minified by rolldown as in vite, then gzip -9: everything that importing it ships, dependencies included. */
const entries = {
  "createClient, openapi-fetch included": `export { createClient } from ${from("src/client/index.ts")};`,
  "all exports, openapi-fetch included": `export * from ${from("src/client/index.ts")};`,
  "openapi-fetch alone": 'export { default } from "openapi-fetch";',
  ky: 'export { default } from "ky";',
  axios: 'export { default } from "axios";',
};

export async function benchSize(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), "size-"));
  const sizes: number[] = [];
  console.log("\nSize, in bytes                            minified    + gzip");
  try {
    for (const [name, code] of Object.entries(entries)) {
      const input = join(folder, "entry.ts");
      await writeFile(input, code);
      const build = await rolldown({
        input,
        cwd: fileURLToPath(root),
        platform: "browser",
        resolve: { modules: [fileURLToPath(new URL("node_modules", root))] },
        logLevel: "silent",
      });
      const { output } = await build.generate({ minify: true, format: "esm" });
      const text = output[0].code;
      sizes.push(gzipSync(text, { level: 9 }).length);
      console.log(
        `  ${name.padEnd(38)} ${String(text.length).padStart(9)} ${String(sizes.at(-1)).padStart(9)}`,
      );
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  const [size = 0] = sizes;
  return [{ what: "createClient, minified and gzipped", value: size, unit: "bytes", most: BAR }];
}
