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
  let kept = 0;
  const files = await buildDocs({
    onStep: ({ done, total, name, isKept, milliseconds }) => {
      if (isKept) kept += 1;
      const time = isKept ? "kept" : `${milliseconds.toFixed(0).padStart(5)} ms`;
      console.log(`${`${done}/${total}`.padStart(9)}  ${name.padEnd(46)} ${time}`);
    },
  });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(
    `${relative(process.cwd(), siteFolder)}/: ${files.length} files, ${kept} pages kept (${seconds} s).`,
  );
}
