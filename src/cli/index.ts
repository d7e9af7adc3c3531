#!/usr/bin/env node
/** The command `notification-handlers`: passes its arguments to one of the commands in the table. Only that one is loaded. */
import { readFileSync } from "node:fs";
import { Command } from "commander";
import { commands } from "./commands.ts";
import { exitWhenReaderLeaves } from "./streams.ts";

exitWhenReaderLeaves();
const name = "notification-handlers";
const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
const program = new Command(name)
  .description("Mocks, sandboxes and contract checks of the notification-handlers API.")
  .usage("<command> [options]")
  .helpOption("-h, --help", "show this help")
  .helpCommand(false)
  .configureHelp({ subcommandTerm: (command) => command.name() })
  .version(version, "-v, --version", "show the version")
  .enablePositionalOptions()
  .addHelpText("after", `\n${name} <command> --help lists its options.\nExit codes: 0 fine, 2 wrong usage.`)
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));
for (const [command, { does, load }] of commands) {
  program
    .command(command)
    .description(does)
    .usage("[options]")
    .argument("[argument...]")
    .helpOption(false)
    .allowUnknownOption()
    .passThroughOptions()
    .action(async () => {
      process.argv.splice(2, 1);
      await load().catch(sayWhatIsMissing);
    });
}
/** Commands load the contracts before they run. The class of the error would load them, too. */
function sayWhatIsMissing(error: unknown): void {
  if (!(error instanceof Error) || error.name !== "BundleError") throw error;
  console.error(error.message);
  process.exitCode = 2;
}

const [, , first, ...others] = process.argv;
if (first === undefined) {
  program.outputHelp({ error: true });
  process.exit(2);
}
// People try `help` before they know --help.
if (first === "help") process.argv.splice(2, Number.POSITIVE_INFINITY, ...others.slice(0, 1), "--help");
// Of a command that there is not, the framework would show the help of all of them, as if it were one.
const [, , asked = ""] = process.argv;
if (!asked.startsWith("-") && !commands.has(asked)) process.argv.splice(3);
await program.parseAsync();
