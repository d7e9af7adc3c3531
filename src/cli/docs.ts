import { relative } from "node:path";
import { buildDocs, DocsError, siteFolder } from "../docs/index.ts";
import { createApp } from "../http/index.ts";
import { mountFolder } from "../server/folder.ts";
import { createLogger } from "./log.ts";
import { createProgram } from "./program.ts";
import { run } from "./run.ts";
import { hostsOf, type ServeOptions, serve, withServeOptions } from "./serve.ts";

const program = createProgram("docs", {
  does: "Builds the API docs of all instances into dist/docs/; pages that were made from the same before are kept.",
  exitCodes:
    "0 built, or stopped by a signal, 1 a translation is missing or too many, or a page can't be rendered, 2 wrong usage, or a port or host that can't be listened on",
}).option("--serve", "show the site when it is built");
withServeOptions(program, 4030).parse();
const options = program.opts<ServeOptions & { serve?: boolean }>();

await run(async () => {
  const stray = ["port", "host", "allowHost", "log"].find((it) => program.getOptionValueSource(it) === "cli");
  if (!options.serve && stray !== undefined)
    program.error(`error: --${stray === "allowHost" ? "allow-host" : stray} goes with --serve.`);
  try {
    await build();
  } catch (error) {
    if (!(error instanceof DocsError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
  if (options.serve) {
    const app = createApp({ hosts: hostsOf(options), logger: createLogger(options.log) });
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
