import { Command } from "commander";
import { instanceNames, loadDescription } from "../description/index.ts";
import { some } from "../http/index.ts";
import { createLogger, hostsOf, run, type ServeOptions, serve, withServeOptions } from "./serve.ts";

const program = withServeOptions(
  new Command("mock")
    .description(
      "Serves mocks that answer the documented calls of the instances with the contract's examples. They remember nothing.",
    )
    .argument(
      "[instance...]",
      `instances to mock: ${some(instanceNames)}, or family (default: all but family)`,
    )
    .option("--dynamic", "answer with generated data instead of examples")
    .option(
      "--seed <text>",
      "seed of generated data (--dynamic, or a client's Prefer: dynamic=true): the same seed, the same answers",
    ),
  4010,
  ["an unknown instance"],
).parse();
const names = program.args.length === 0 ? instanceNames : [...new Set(program.args)];
const options = program.opts<ServeOptions & { dynamic?: boolean; seed?: string }>();

await run(async () => {
  // What is asked for by name is ready when the server is; of all instances, each is at the first request to it.
  const served =
    program.args.length > 0 ? { descriptions: names.map(loadDescription) } : { instances: names };
  // The server takes a while to load: nobody waits for it who asks for help, or for what is refused.
  const { mockPath } = await import("../mock/index.ts");
  const { createServer } = await import("../server/index.ts");
  const { dynamic, seed } = options;
  const app = await createServer({
    ...served,
    dynamic,
    seed,
    hosts: hostsOf(options),
    logger: createLogger(options.log),
  });
  const origin = await serve(app, options);
  const width = Math.max(...names.map((name) => name.length));
  for (const name of names) console.log(`${name.padEnd(width)}  ${origin}${mockPath(name)}`);
});
