import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { instanceNames } from "../description/index.ts";
import { isFreshByDigest } from "../generate/digest.ts";
import { mockPath } from "../mock/index.ts";
import { basePath, createSandbox } from "../sandbox/index.ts";
import { createServer } from "../server/index.ts";
import { createLogger, hostsOf, run, type ServeOptions, serve, withServeOptions } from "./serve.ts";

/** So many instances are named on the terminal; all of them are on the page. */
const mostShown = 10;

const program = withServeOptions(
  new Command("start").description(
    "Checks that generated/ is fresh, then serves a page, and the mocks and sandboxes of all instances, on one port.",
  ),
  4010,
)
  .addHelpText("after", "Exit code 1: generated/ is stale, or the contract is wrong.")
  .parse();
const options = program.opts<ServeOptions>();

await run(async () => {
  console.log("Checking that generated/ is what the contract derives to …");
  // Where the digest of generated/ does not hold, deriving it all again tells what is stale, if anything is.
  if (!(await isFreshByDigest()) && !(await isFresh())) process.exit(1);
  const sandbox = await createSandbox();
  const app = await createServer({
    instances: instanceNames,
    sandbox,
    hosts: hostsOf(options),
    logger: createLogger(options.log),
  });
  app.addHook("onClose", () => sandbox.close());
  const origin = await serve(app, options);
  const shown = instanceNames.slice(0, mostShown);
  const width = Math.max(...shown.map((name) => name.length));
  for (const name of shown) console.log(`${name.padEnd(width)}  ${origin}${mockPath(name)}`);
  for (const name of shown) {
    console.log(`${name.padEnd(width)}  ${origin}${basePath(name)}  API key ${sandbox.apiKeys.join(", ")}`);
  }
  const others = instanceNames.length - shown.length;
  if (others > 0) console.log(`… and ${others} more, with the same key; the page names them all.`);
  console.log(`\nOpen ${origin}/ for what each has, a call to begin with, and its docs. Ctrl+C stops.`);
});

/** Derives generated/ again, in a process of its own that gives its memory back and says what is stale. */
function isFresh(): Promise<boolean> {
  const script = fileURLToPath(new URL("generate.ts", import.meta.url));
  const child = spawn(process.execPath, [...process.execArgv, script, "--check"], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve(code === 0));
  });
}
