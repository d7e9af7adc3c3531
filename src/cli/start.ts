import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { instanceNames, loadDescription } from "../description/index.ts";
import { mockPath } from "../mock/index.ts";
import { basePath, createSandbox } from "../sandbox/index.ts";
import { createServer } from "../server/index.ts";
import { createLogger, run, type ServeOptions, serve, withServeOptions } from "./serve.ts";

const program = withServeOptions(
  new Command("start").description(
    "Serves a page, and the mocks and sandboxes of all instances, on one port; stops when generated/ is found to be stale.",
  ),
  4010,
)
  .addHelpText("after", "Exit code 1: generated/ is stale, or the contract is wrong.")
  .parse();
const options = program.opts<ServeOptions>();

await run(async () => {
  console.log("Checking that generated/ is what the contract derives to, while the servers start …");
  const freshness = isFresh();
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
  if (await freshness) return;
  // What is stale was named by then, and what was served is not what the contract says.
  await app.close();
  process.exit(1);
});

/** The check takes longer than all else, so that nobody waits for it: it runs in a process of its own, which says what is stale. */
function isFresh(): Promise<boolean> {
  const script = fileURLToPath(new URL("generate.ts", import.meta.url));
  const child = spawn(process.execPath, [...process.execArgv, script, "--check"], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  process.on("exit", () => child.kill());
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    // Ctrl+C ends it, too.
    child.on("close", (code) => resolve(code === 0 || code === null));
  });
}
