import { type Command, InvalidArgumentError, Option } from "commander";
import { type DatabaseFlags, withDatabase } from "./database.ts";

/** The options of sandboxes. */
export interface SandboxFlags extends DatabaseFlags {
  readonly apiKey: readonly string[];
  readonly seed?: number;
  readonly seedValue: number;
  readonly snapshot?: string;
  readonly rateLimit?: number;
  readonly latency: number;
  readonly fault?: string;
  readonly allowFaults?: boolean;
  readonly strict?: boolean;
}

/** Adds the options of sandboxes. `seed`: the default number of handlers. */
export function withSandboxOptions(command: Command, seed?: number): Command {
  return withDatabase(command, "in memory")
    .addOption(
      new Option("--api-key <key>", "a valid key; repeatable, each key is an account of its own")
        .argParser(collect)
        .default([], "a random key, the same at each start"),
    )
    .option(
      "--seed <number>",
      "create this many plausible handlers in the first key's account, if it is empty",
      whole,
      seed,
    )
    .option("--seed-value <number>", "the same value gives the same handlers", whole, 1)
    .option("--snapshot <name>", "start with the handlers of this snapshot, in each account that has it")
    .option("--rate-limit <number>", "requests per minute and key; more are answered with 429", atLeastOne)
    .option("--latency <milliseconds>", "delay of each answer", whole, 0)
    .option("--fault <name>", "deviate from the contract in this way")
    .option("--allow-faults", "allow requests to ask for a fault with the header Sandbox-Fault")
    .option(
      "--strict",
      "refuse what the contract refuses: unknown fields and those of another type, urlencoded forms",
    );
}

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
