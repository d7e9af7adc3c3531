import { relative } from "node:path";
import { InvalidArgumentError } from "commander";
import { descriptionNames } from "../description/index.ts";
import { buildDocs, DocsError, missingCollections, siteFolder } from "../docs/index.ts";
import { createApp } from "../http/index.ts";
import { mountFolder } from "../server/folder.ts";
import { createLogger } from "./log.ts";
import { createProgram } from "./program.ts";
import { run } from "./run.ts";
import { hostsOf, type ServerFlags, sayHowToStop, serve, withServeOptions } from "./serve.ts";

const program = createProgram("docs", {
  does: "Builds the API docs of all instances into dist/docs/.",
  exitCodes:
    "0 built, or stopped by a signal, 1 a translation is missing or superfluous, 2 wrong usage, or a port or host that can't be used",
})
  .option("--serve", "serve the site when it is built")
  .option(
    "--url <address>",
    "the URL where the site is published, for canonical URLs and a sitemap",
    parseAddress,
  );
withServeOptions(program, 4030).parse();
const options = program.opts<ServerFlags & { serve?: boolean; url?: string }>();

/** A URL with a slash at the end. Throws InvalidArgumentError. */
function parseAddress(text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw new InvalidArgumentError("It must be an http or https URL.");
  const { origin, pathname } = new URL(text);
  return origin + pathname.replace(/\/*$/, "/");
}

await run(async () => {
  const stray = ["port", "host", "allowHost", "log"].find((it) => program.getOptionValueSource(it) === "cli");
  if (!options.serve && stray !== undefined)
    program.error(`error: --${stray === "allowHost" ? "allow-host" : stray} needs --serve.`);
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
    console.log(`${await serve(app, options)}/`);
    sayHowToStop();
  }
});

async function build(): Promise<void> {
  const start = performance.now();
  let bytes = 0;
  const files = await buildDocs({
    address: options.url,
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
  const missing = missingCollections(descriptionNames);
  if (missing.length > 0)
    console.log(`Without the collections for ${missing.join(" and ")}: npm run collections makes them.`);
}
