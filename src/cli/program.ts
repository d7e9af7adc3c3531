import { Command } from "commander";
import { callOf } from "./place.ts";
import { endWithReader } from "./streams.ts";

/** What all commands say of themselves in the same way. */
export interface About {
  /** One sentence. */
  readonly does: string;
  /** What each exit code stands for, without a full stop. */
  readonly exitCodes: string;
  /** What becomes of the command when nobody reads what it prints any more: it ends, unless said. */
  readonly withoutReader?: () => void;
}

/**
 * A command with the manners of all: `--help` ends with the exit codes, what is asked for wrongly is one line on standard error that names the
 * nearest right one, and exit code 2.
 */
export function createProgram(name: string, { does, exitCodes, withoutReader }: About): Command {
  endWithReader(withoutReader);
  return new Command(callOf(name))
    .description(does)
    .helpOption("-h, --help", "show this help")
    .addHelpText("afterAll", `\nExit codes: ${exitCodes}.`)
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));
}
