import { Command } from "commander";
import { callOf } from "./clone.ts";
import { exitWhenReaderLeaves } from "./streams.ts";

/** The description of a command. */
export interface About {
  /** One sentence. */
  readonly does: string;
  /** The meaning of each exit code, without a full stop. */
  readonly exitCodes: string;
  /** Called when nobody reads the command's output any more. Default: the process ends. */
  readonly withoutReader?: () => void;
}

/**
 * Creates a command with the behaviour that all share: `--help` ends with the exit codes, and a usage error is one line on standard error
 * that suggests the nearest valid option, with exit code 2.
 */
export function createProgram(name: string, { does, exitCodes, withoutReader }: About): Command {
  exitWhenReaderLeaves(withoutReader);
  return new Command(callOf(name))
    .description(does)
    .helpOption("-h, --help", "show this help")
    .addHelpText("afterAll", `\nExit codes: ${exitCodes}.`)
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));
}
