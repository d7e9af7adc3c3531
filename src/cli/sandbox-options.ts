import { type Command, InvalidArgumentError } from "commander";
import { type DatabaseFlags, withDatabase } from "./database.ts";

/** How the sandboxes of a command behave. */
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

/** Gives a command the options of sandboxes. `seed`: handlers that are there unless said. */
export function withSandboxOptions(command: Command, seed?: number): Command {
  return withDatabase(command, "they live as long as the process")
    .option(
      "--api-key <key>",
      "a good key, each one an account of its own; repeatable (default: one that is made for you, the same at each start)",
      collect,
      [],
    )
    .option(
      "--seed <number>",
      "create so many plausible handlers in the first key's account, where it is empty",
      whole,
      seed,
    )
    .option("--seed-value <number>", "same value, same handlers", whole, 1)
    .option("--snapshot <name>", "begin with the handlers of this snapshot, in each account that has it")
    .option("--rate-limit <number>", "requests per minute and key; more are answered with 429", atLeastOne)
    .option("--latency <milliseconds>", "wait before each answer", whole, 0)
    .option("--fault <name>", "deviate from the contract in one way")
    .option("--allow-faults", "let single requests ask for a fault with the header Sandbox-Fault")
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
