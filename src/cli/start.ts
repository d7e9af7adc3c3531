import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { adoptDescription, instanceNames, loadDescription, shortList } from "../description/index.ts";
import { openSite } from "../docs/index.ts";
import { mockPath } from "../mock/index.ts";
import {
  basePath,
  createSandbox,
  SandboxModelError,
  SandboxOptionError,
  StoreError,
  UnknownFaultError,
} from "../sandbox/index.ts";
import { createServer } from "../server/index.ts";
import { isClone } from "./clone.ts";
import { ConfigError, configured, withConfig } from "./config.ts";
import { databaseOf } from "./database.ts";
import { createLogger } from "./log.ts";
import { createProgram } from "./program.ts";
import { run } from "./run.ts";
import { ownKey } from "./sandbox-key.ts";
import { type SandboxFlags, withSandboxOptions } from "./sandbox-options.ts";
import {
  hostsOf,
  printServed,
  type ServerFlags,
  sayHowToStop,
  serve,
  serverCodes,
  withInstanceOptions,
  withServeOptions,
} from "./serve.ts";
import { aligned } from "./table.ts";

/** How many instances the terminal lists; the page lists all. */
const mostShown = 10;

/** How many handlers each sandbox has at the start, so that the first call shows some. */
const seeded = 20;

type Options = ServerFlags & SandboxFlags & { readonly dynamic?: boolean; readonly watch?: boolean };

const program = createProgram("start", {
  does: "Serves a page, and the mock and the sandbox of each instance, on one port.",
  exitCodes: serverCodes(
    ["instance", "fault", "database", "config file"],
    isClone ? "generated/ is stale or the contract is wrong" : undefined,
  ),
})
  .argument(
    "[instance...]",
    `instances to serve: ${shortList(instanceNames)}, or family (default: all but family)`,
  )
  .option("--dynamic", "mocks answer with generated data instead of examples")
  .option("--watch", "serve the new contract when it changes");
withConfig(withInstanceOptions(withServeOptions(withSandboxOptions(program, seeded), 4010))).parse();

await run(async () => {
  const { options, instances } = await configured<Options>(program);
  const names = instances.length === 0 ? instanceNames : instances;
  if (instances.length > 0) for (const name of names) loadDescription(name);
  if (isClone) {
    if (!options.json) console.log("Checking that generated/ is up to date …");
    if (!(await isFresh())) process.exit(1);
  }
  const { apiKey } = options;
  const apiKeys = apiKey.length > 0 ? apiKey : [ownKey(process.env, console.error)];
  const db = databaseOf(options, process.env, console.error);
  const sandbox = await createSandbox({ ...options, db, instances, apiKeys });
  const site = openSite();
  const server = await createServer({
    instances: names,
    site,
    sandbox,
    dynamic: options.dynamic,
    seed: String(options.seedValue),
    hosts: hostsOf(options),
    requests: options.requests,
    logger: createLogger(options.log),
  });
  server.app.addHook("onClose", () => sandbox.close());
  const origin = await serve(server.app, options);
  if (options.watch) {
    const { watchContract } = await import("../watch/index.ts");
    watchContract({
      names,
      isOpen: instances.length === 0,
      async serve(description) {
        await server.serve(description);
        adoptDescription(description);
        site.forget();
      },
      remove: server.remove,
      say: console.error,
    });
  }
  if (options.json) {
    const served = names.map((name) => ({
      name,
      mock: origin + mockPath(name),
      sandbox: origin + basePath(name),
    }));
    printServed(origin, served, sandbox.apiKeys);
  } else printForPeople(origin, names, sandbox.apiKeys);
}, [ConfigError, SandboxModelError, SandboxOptionError, StoreError, UnknownFaultError]);

/** Prints the URLs of the instances, the keys and the page. */
function printForPeople(origin: string, names: readonly string[], apiKeys: readonly string[]): void {
  const shown = names.slice(0, mostShown);
  console.log(
    aligned([mockPath, basePath].flatMap((pathOf) => shown.map((name) => [name, origin + pathOf(name)]))),
  );
  const others = names.length - shown.length;
  if (others > 0) console.log(`… and ${others} more; the page names them all.`);
  console.log(`\nAPI key of the sandboxes: ${apiKeys.join(", ")}`);
  console.log(`Open ${origin}/ for what each has, a call to begin with, and its docs.`);
  sayHowToStop();
}

/** Checks whether generated/ is fresh, in a child process that frees its memory and prints what is stale. */
function isFresh(): Promise<boolean> {
  const script = fileURLToPath(new URL("fresh.ts", import.meta.url));
  const child = spawn(process.execPath, [...process.execArgv, script], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve(code === 0));
  });
}
