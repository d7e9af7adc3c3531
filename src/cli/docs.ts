import { relative } from "node:path";
import { Command } from "commander";
import { buildDocs, DocsError, siteFolder } from "../docs/index.ts";
import { createApp } from "../http/index.ts";
import { mountFolder } from "../server/folder.ts";
import { hostsOf, run, type ServeOptions, serve, withServeOptions } from "./serve.ts";

const program = withServeOptions(
  new Command("docs").description(
    "Builds the API docs of all instances into dist/docs/; pages that were made from the same before are kept.",
  ),
  4030,
)
  .option("--serve", "show the site when it is built")
  .addHelpText("after", "Exit code 1: a translation is missing or too many, or a page can't be rendered.")
  .parse();
const options = program.opts<ServeOptions & { serve?: boolean }>();

await run(async () => {
  try {
    await build();
  } catch (error) {
    if (!(error instanceof DocsError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
  if (options.serve) {
    const app = createApp({ hosts: hostsOf(options) });
    mountFolder(app, siteFolder);
    console.log(`${await serve(app, options)}/  Ctrl+C stops.`);
  }
});

async function build(): Promise<void> {
  const start = performance.now();
  let bytes = 0;
  const files = await buildDocs({
    onStep: (step) => {
      bytes += step.bytes;
      const count = `${step.done}/${step.total}`.padStart(9);
      const [size, time] = [(step.bytes / 1000).toFixed(0), step.milliseconds.toFixed(0)];
      console.log(`${count}  ${step.name.padEnd(46)} ${size.padStart(5)} kB ${time.padStart(5)} ms`);
    },
  });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(
    `${relative(process.cwd(), siteFolder)}/: ${files.length} files, ${(bytes / 1e6).toFixed(1)} MB (${seconds} s).`,
  );
}
