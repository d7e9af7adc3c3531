import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const input = fileURLToPath(new URL("../workbench/page/browser/main.tsx", import.meta.url));

/** Bundles the script of the page at `/`, with everything that it imports, as one module for browsers. */
export async function bundlePage(): Promise<string> {
  const build = await rolldown({
    input,
    platform: "browser",
    logLevel: "silent",
    transform: { jsx: { runtime: "automatic", importSource: "preact" } },
  });
  try {
    const { output } = await build.generate({ format: "esm", minify: true });
    return output[0].code;
  } finally {
    await build.close();
  }
}
