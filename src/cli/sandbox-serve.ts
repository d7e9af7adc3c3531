import { instanceNames, shortList, UnknownInstanceError } from "../description/index.ts";
import {
  basePath,
  createSandbox,
  createSandboxApp,
  listFaults,
  SandboxModelError,
  SandboxOptionError,
  StoreError,
  UnknownFaultError,
} from "../sandbox/index.ts";
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

const otherCommands = "Commands for its database: sandbox keys, sandbox backup, sandbox restore.";

const program = createProgram("sandbox", {
  does: "Serves sandboxes that behave like the instances: what is created is listed, read, updated, and gone after delete.",
  exitCodes: serverCodes(["instance", "fault", "database", "config file"]),
}).argument(
  "[instance...]",
  `instances to serve: ${shortList(instanceNames)}, or family (default: all but family)`,
);
withSandboxOptions(program)
  .option(
    "--public-url <origin>",
    "URL of a load balancer in front of this server: links begin with it, and requests for its host are answered",
  )
  .option("--list-faults", "list the faults and stop");
withConfig(withInstanceOptions(withServeOptions(program, 4020)))
  .addHelpText("after", `\n${otherCommands}`)
  .parse();

type Options = ServerFlags & SandboxFlags & { readonly listFaults?: boolean; readonly publicUrl?: string };

await run(async () => {
  if (program.opts<Options>().listFaults) {
    console.log(aligned(listFaults().map(({ name, description }) => [name, description])));
    return;
  }
  const { options, instances } = await configured<Options>(program);
  if (options.seed === undefined && program.getOptionValueSource("seedValue") === "cli")
    throw new SandboxOptionError("--seed-value needs --seed, the number of handlers.");
  const { apiKey } = options;
  const apiKeys = apiKey.length > 0 ? apiKey : [ownKey(process.env, console.error)];
  const db = databaseOf(options, process.env, console.error);
  const sandbox = await createSandbox({ ...options, db, instances, apiKeys }).catch((error: unknown) => {
    // A misspelled command is taken for an instance.
    if (error instanceof UnknownInstanceError) error.message += ` ${otherCommands}`;
    throw error;
  });
  const { publicUrl, requests, log } = options;
  const app = await createSandboxApp(sandbox, {
    hosts: hostsOf(options),
    publicUrl,
    requests,
    logger: createLogger(log),
  });
  const origin = await serve(app, options);
  if (options.json) {
    const served = sandbox.instances.map((name) => ({ name, sandbox: origin + basePath(name) }));
    printServed(origin, served, sandbox.apiKeys);
    return;
  }
  const keys = `API key ${sandbox.apiKeys.join(", ")}`;
  console.log(aligned(sandbox.instances.map((name) => [name, origin + basePath(name), keys])));
  sayHowToStop();
}, [ConfigError, SandboxModelError, SandboxOptionError, StoreError, UnknownFaultError]);
