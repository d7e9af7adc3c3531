import { instanceNames, loadDescription, shortList } from "../description/index.ts";
import { ConfigError, configured, withConfig } from "./config.ts";
import { createLogger } from "./log.ts";
import { createProgram } from "./program.ts";
import { run } from "./run.ts";
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

const program = createProgram("mock", {
  does: "Serves mocks that answer the documented calls of the instances with the contract's examples. They store nothing.",
  exitCodes: serverCodes(["instance", "config file"]),
})
  .argument(
    "[instance...]",
    `instances to mock: ${shortList(instanceNames)}, or family (default: all but family)`,
  )
  .option("--dynamic", "answer with generated data instead of examples")
  .option(
    "--seed <text>",
    "seed of generated data (--dynamic, or a client's Prefer: dynamic=true): the same seed, the same answers",
  );
withConfig(withInstanceOptions(withServeOptions(program, 4010))).parse();

await run(async () => {
  const { options, instances } = await configured<
    ServerFlags & { dynamic?: boolean; seed?: string | number }
  >(program);
  const names = instances.length === 0 ? instanceNames : instances;
  // Unreadable bundles are reported before anything is served.
  if (instances.length > 0) for (const name of names) loadDescription(name);
  // The server takes a while to load, so it is not loaded for --help or a usage error.
  const { mockPath } = await import("../mock/index.ts");
  const { createServer } = await import("../server/index.ts");
  const { dynamic, seed } = options;
  const { app } = await createServer({
    instances: names,
    dynamic,
    seed: seed === undefined ? undefined : String(seed),
    hosts: hostsOf(options),
    requests: options.requests,
    logger: createLogger(options.log),
  });
  const origin = await serve(app, options);
  if (options.json) {
    printServed(
      origin,
      names.map((name) => ({ name, mock: origin + mockPath(name) })),
    );
    return;
  }
  console.log(aligned(names.map((name) => [name, origin + mockPath(name)])));
  sayHowToStop();
}, [ConfigError]);
