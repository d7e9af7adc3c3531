import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { instanceNames, loadDescription } from "../description/index.ts";
import { isFreshByDigest } from "../generate/digest.ts";
import { mockPath } from "../mock/index.ts";
import { basePath, createSandbox } from "../sandbox/index.ts";
import { createServer } from "../server/index.ts";
import { createLogger, run, type ServeOptions, serve, withServeOptions } from "./serve.ts";

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
  const descriptions = instanceNames.map(loadDescription);
  const sandbox = createSandbox();
  const app = await createServer({ descriptions, sandbox, logger: createLogger(options.log) });
  app.addHook("onClose", async () => sandbox.close());
  const origin = await serve(app, options);
  const width = Math.max(...instanceNames.map((name) => name.length));
  for (const name of instanceNames) console.log(`${name.padEnd(width)}  ${origin}${mockPath(name)}`);
  for (const name of instanceNames) {
    console.log(`${name.padEnd(width)}  ${origin}${basePath(name)}  API key ${sandbox.apiKeys.join(", ")}`);
  }
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
