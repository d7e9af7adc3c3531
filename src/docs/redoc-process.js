// Renders references with the Redoc of the installed Redocly CLI, one page per message, until the parent hangs up. Loading Redoc takes
// longer than rendering, and a reference's memory is given back with the process: so it is one process for all pages.
import { readFileSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { createConfig } from "@redocly/openapi-core";

/** @typedef {{ number: number, document: unknown, options: Record<string, unknown>, template: string }} Job */

const folder = dirname(createRequire(import.meta.url).resolve("@redocly/cli/package.json"));
const place = /handlerBuildCommand:\w+\}=await import\("\.\/([^"]+)"\)/.exec(
  readFileSync(join(folder, "lib", "index.js"), "utf8"),
)?.[1];

/** @type {((input: { argv: object, config: unknown }) => Promise<void>) | undefined} */
const buildDocs =
  place === undefined
    ? undefined
    : (await import(pathToFileURL(join(folder, "lib", place)).href)).handlerBuildCommand;

/** @param {Job} job */
async function render({ document, options, template }) {
  if (buildDocs === undefined) {
    throw new Error(
      "The installed Redocly CLI has its build-docs elsewhere. Look at src/docs/redoc-process.js.",
    );
  }
  const work = await mkdtemp(join(tmpdir(), "redoc-"));
  try {
    const [api, output, hbs] = ["openapi.json", "output.html", "template.hbs"].map((name) =>
      join(work, name),
    );
    await writeFile(api ?? "", JSON.stringify(document));
    await writeFile(hbs ?? "", template);
    const config = await createConfig({ telemetry: "off", openapi: options });
    await buildDocs({ argv: { api, o: output, template: hbs, disableTelemetry: true }, config });
    return await readFile(output ?? "", "utf8");
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Redoc keeps state of its own while it renders: one page after the other. */
let last = Promise.resolve();
process.on("message", (/** @type {Job} */ job) => {
  last = last.then(async () => {
    try {
      process.send?.({ number: job.number, rendered: await render(job) });
    } catch (error) {
      process.send?.({ number: job.number, error: error instanceof Error ? error.message : String(error) });
    }
  });
});
