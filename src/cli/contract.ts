import pc from "picocolors";
import {
  chosenChecks,
  KeyError,
  listText,
  otherKeyVariable,
  RunStopped,
  UnknownCheckError,
  variableOf,
} from "../contract/index.ts";
import { familyName, instanceNames, keyVariable, loadDescription, shortList } from "../description/index.ts";
import { SettingsError } from "../settings/index.ts";
import {
  checkAll,
  membersOf,
  type Options,
  Outputs,
  parseParallel,
  parseRateOption,
  parseSeconds,
  parseShardOption,
  parseUrl,
  refuseContradictions,
  sandboxesOf,
  showDryRun,
  sweepAll,
  UsageError,
  variablesOf,
} from "./contract/index.ts";
import { createProgram } from "./program.ts";
import { run } from "./run.ts";
import { mayColor } from "./streams.ts";

const [example = familyName] = instanceNames;
const program = createProgram("contract", {
  does: "Checks a live instance against its contract, and leaves it as it was.",
  exitCodes: "0 honoured, 1 deviates or something was left behind, 2 unavailable or not set up",
  // A run continues to its end, where it deletes what it created.
  withoutReader: () => undefined,
})
  .argument("[instance...]", `${shortList(instanceNames)}, or family`)
  .option("--base-url <url>", "base URL of the instance, if it differs from the contract's", parseUrl)
  .option("--all", "every registered instance whose key is set")
  .option("--config <file>", "the instances listed in a file, or those of them that are named")
  .option("--shard <i/n>", "part i of n of the instances; those of one host stay together", parseShardOption)
  .option("--parallel <hosts>", "how many hosts are checked in parallel", parseParallel, 32)
  .option(
    "--keys-file <file>",
    "variables with keys, one NAME=value per line; the environment takes precedence",
  )
  .option("--write", "also create, update and delete handlers of its own (default: read only)")
  .option("--sandbox", "start sandboxes and check them, writes included; all instances unless some are named")
  .option("--fault <name>", "with --sandbox or --try-faults: the fault of the sandboxes")
  .option("--only <check...>", "run only these checks")
  .option("--list", "list the checks and what they prove, without running them")
  .option(
    "--dry-run",
    "print the requests that a run would send, in order, without a key and without sending any",
  )
  .option("--list-faults", "print as Markdown which check catches which fault of the sandbox")
  .option(
    "--try-faults",
    "run the checks against a sandbox with each fault, or with the one of --fault: on one instance, or on those that are named",
  )
  .option(
    "--keys",
    "print the instances with the names of their keys' variables as JSON, without checking them",
  )
  .option("--sweep", "only delete what earlier runs have left behind")
  .option(
    "--young",
    "with --sweep: also leftovers of runs that began within the last hour and have no journal here",
  )
  .option(
    "--rate <n/unit>",
    "limit of requests, such as 30/m or 2/s, or none (default: 30/m, none on this machine)",
    parseRateOption,
  )
  .option("--timeout <seconds>", "time limit of a request with its answer (default: 10)", parseSeconds)
  .option("--journal <folder>", "folder for the record of what a run creates (default: in $XDG_STATE_HOME)")
  .option("--baseline <file>", "deviations that are accepted for a while and don't fail")
  .option(
    "--write-baseline <file>",
    "write such a file: an entry is added for each new failure, for a person to give the reason",
  )
  .option("--compare <file>", "report what is new and gone since an earlier --json file")
  .option("--json <file>", "write everything as JSON")
  .option("--html <file>", "write a page for people")
  .option("--junit <file>", "write the results as JUnit XML")
  .option("--summary <file>", "write a summary in Markdown")
  .option("--issues <file>", "write issues as JSON, for instances whose outcome has changed since --compare")
  .option("--metrics <file>", "write OpenMetrics text")
  .option("--har <file>", "write the traffic as an HTTP archive, without the key")
  .option("--details", "print all details, also for several instances")
  .option("--statements", "also list every statement of the contract that was not proven")
  .addHelpText(
    "after",
    `
The API key is read from ${keyVariable}, or from ${variableOf(example)} for ${example}, which
wins; a second account's from ${otherKeyVariable}. --keys names the variables of all instances.
With several instances each needs its own variable, so that no host gets the key of another.
A sweep tells runs that still go on by their journals, and leaves alone what began within the last hour and has no journal here
(a run on another machine); --young deletes that too, and would spoil such a run.`,
  )
  .parse();
const options = program.opts<Options>();
const colors = pc.createColors(mayColor(process.stdout, process.env));

await run(main, [UsageError, SettingsError, KeyError, UnknownCheckError, RunStopped]);

async function main(): Promise<void> {
  const names = [...new Set(program.args)];
  if (options.config === undefined) for (const name of names) loadDescription(name);
  refuseContradictions(options, names);
  if (options.list) {
    process.stdout.write(listText(names[0] ?? familyName));
    return;
  }
  if (options.keys) {
    console.log(JSON.stringify(variablesOf(options, names)));
    return;
  }
  if (options.listFaults) {
    const { faultTable } = await import("../contract-lab/index.ts");
    process.stdout.write(faultTable());
    return;
  }
  if (options.tryFaults) {
    const { showTrials } = await import("./contract/try-faults.ts");
    await showTrials(names, options.fault);
    return;
  }
  chosenChecks(options.only);
  const chosen = options.sandbox ? sandboxesOf(options, names) : membersOf(options, names);
  if (options.dryRun) {
    await showDryRun(chosen, options);
    return;
  }
  if (chosen.members.length === 0) {
    await endEmpty(options);
    return;
  }
  const signal = stopSignal();
  await (options.sweep ? sweepAll(chosen, options, signal) : checkAll(chosen, options, signal, colors));
}

/** With more shards than hosts some are empty, which is no error; their files are still written. */
async function endEmpty(asked: Options): Promise<void> {
  if (!asked.sweep) await new Outputs(asked).save([], Date.now());
  console.log("This shard has no instance.");
}

/** Aborts at the first SIGINT, SIGTERM or SIGHUP; the run then cleans up. A second signal ends the process, and the journal stays. */
function stopSignal(): AbortSignal {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) process.exit(2);
    console.error("Stopping: deleting what was created. Press Ctrl+C again to leave it behind.");
    controller.abort();
  };
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, stop);
  return controller.signal;
}
