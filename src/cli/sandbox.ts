import { Command, InvalidArgumentError } from "commander";
import { instanceNames } from "../description/index.ts";
import { createApp, some } from "../http/index.ts";
import {
  basePath,
  createSandbox,
  listFaults,
  SandboxModelError,
  SandboxOptionError,
  StoreError,
  UnknownFaultError,
} from "../sandbox/index.ts";
import { createLogger, hostsOf, run, type ServeOptions, serve, withServeOptions } from "./serve.ts";

const command = new Command("sandbox")
  .description(
    "Serves sandboxes that behave like the instances: what is created is listed, read, updated, and gone after delete.",
  )
  .argument(
    "[instance...]",
    `instances to serve: ${some(instanceNames)}, or family (default: all but family)`,
  )
  .option("--db <file>", "SQLite file to keep the handlers in; without it they live as long as the process")
  .option(
    "--api-key <key>",
    "a good key, each one an account of its own; repeatable (default: one is made)",
    collect,
    [],
  )
  .option(
    "--seed <number>",
    "create so many plausible handlers in the first key's account, where it is empty",
    whole,
  )
  .option("--seed-value <number>", "same value, same handlers", whole, 1)
  .option("--rate-limit <number>", "requests per minute and key; more are answered with 429", atLeastOne)
  .option("--latency <milliseconds>", "wait before each answer", whole, 0)
  .option("--fault <name>", "deviate from the contract in one way")
  .option("--allow-faults", "let single requests ask for a fault with the header Sandbox-Fault")
  .option(
    "--strict",
    "refuse what the contract refuses: unknown fields and those of another type, urlencoded forms",
  )
  .option("--list-faults", "list the faults and stop");
const program = withServeOptions(command, 4020, [
  "an unknown instance or fault",
  "a database file that can't be used",
]).parse();

interface Options extends ServeOptions {
  readonly db?: string;
  readonly apiKey: readonly string[];
  readonly seed?: number;
  readonly seedValue: number;
  readonly rateLimit?: number;
  readonly latency: number;
  readonly fault?: string;
  readonly allowFaults?: boolean;
  readonly strict?: boolean;
  readonly listFaults?: boolean;
}

const { apiKey, listFaults: listsFaults, ...options } = program.opts<Options>();

await run(async () => {
  if (listsFaults) {
    const width = Math.max(...listFaults().map((fault) => fault.name.length));
    const lines = listFaults().map(({ name, description }) => `${name.padEnd(width)}  ${description}`);
    console.log(lines.join("\n"));
    return;
  }
  if (options.seed === undefined && program.getOptionValueSource("seedValue") === "cli")
    throw new SandboxOptionError("--seed-value goes with --seed, which says how many handlers are made.");
  const logger = createLogger(options.log);
  const sandbox = await createSandbox({ ...options, instances: program.args, apiKeys: apiKey });
  const app = createApp({ logger, hosts: hostsOf(options) });
  await app.register(sandbox.plugin);
  app.addHook("onClose", () => sandbox.close());
  const origin = await serve(app, options);
  const width = Math.max(...sandbox.instances.map((name) => name.length));
  for (const name of sandbox.instances) {
    console.log(`${name.padEnd(width)}  ${origin}${basePath(name)}  API key ${sandbox.apiKeys.join(", ")}`);
  }
}, [SandboxModelError, SandboxOptionError, StoreError, UnknownFaultError]);

function collect(key: string, keys: readonly string[]): string[] {
  return [...keys, key];
}

function whole(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("It must be a whole number from 0.");
  return Number(text);
}

function atLeastOne(text: string): number {
  const number = whole(text);
  if (number === 0) throw new InvalidArgumentError("It must be at least 1.");
  return number;
}
