import { relative } from "node:path";
import fastifyStatic from "@fastify/static";
import { Command } from "commander";
import { buildDocs, DocsError, isBuilt, siteFolder } from "../docs/index.ts";
import { createApp } from "../http/index.ts";
import { run, type ServeOptions, serve, withServeOptions } from "./serve.ts";

const program = withServeOptions(
  new Command("docs").description("Builds the API docs of all instances into dist/docs/."),
  4030,
)
  .option("--serve", "show the site when it is built")
  .option("--if-needed", "build nothing when the site is fresh; print on standard error only")
  .addHelpText("after", "Exit code 1: a translation is missing or too many, or a page can't be rendered.")
  .parse();
const options = program.opts<ServeOptions & { serve?: boolean; ifNeeded?: boolean }>();

await run(async () => {
  try {
    await build();
  } catch (error) {
    if (!(error instanceof DocsError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
  if (options.serve) {
    const app = createApp();
    await app.register(fastifyStatic, { root: siteFolder, redirect: true });
    console.log(`${await serve(app, options)}/  Ctrl+C stops.`);
  }
});

async function build(): Promise<void> {
  const folder = `${relative(process.cwd(), siteFolder)}/`;
  // Installing runs this too, where standard output may be somebody's JSON.
  const say = options.ifNeeded ? console.error : console.log;
  if (options.ifNeeded && (await isBuilt())) {
    say(`${folder} is fresh.`);
    return;
  }
  const start = performance.now();
  const files = await buildDocs({
    onStep: ({ done, total, name, milliseconds }) => {
      say(`${`${done}/${total}`.padStart(5)}  ${name.padEnd(46)} ${milliseconds.toFixed(0).padStart(5)} ms`);
    },
  });
  say(`${folder}: ${files.length} files (${((performance.now() - start) / 1000).toFixed(1)} s).`);
}
