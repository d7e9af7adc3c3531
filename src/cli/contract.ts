import { accessSync, constants, existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import pc from "picocolors";
import {
  type Checked,
  type CheckOptions,
  checkContract,
  chosenChecks,
  type Exchange,
  exitCode,
  harOf,
  journalFolder,
  junitOf,
  KeyError,
  listText,
  needKeys,
  otherKeyVariable,
  parseRate,
  type Report,
  RunStopped,
  sweepInstance,
  textOf,
  UnknownCheckError,
  variableOf,
} from "../contract/index.ts";
import { measurePower, powerTable } from "../contract-lab/power.ts";
import { checkSandbox } from "../contract-lab/sandboxes.ts";
import { familyName, instanceNames, keyVariable, loadDescription } from "../description/index.ts";
import { UnknownFaultError } from "../sandbox/index.ts";
import { run } from "./serve.ts";
import { endWithReader } from "./streams.ts";

interface Options {
  readonly baseUrl?: string;
  readonly write?: boolean;
  readonly sandbox?: boolean;
  readonly fault?: string;
  readonly only?: string[];
  readonly list?: boolean;
  readonly power?: boolean;
  readonly keys?: boolean;
  readonly sweep?: boolean;
  readonly young?: boolean;
  readonly rate?: number;
  readonly timeout: number;
  readonly journal?: string;
  readonly json?: string;
  readonly junit?: string;
  readonly har?: string;
  readonly all?: boolean;
}

/** What a person has to set right before anything can be checked. */
class UsageError extends Error {}

// A run goes on to its end, where it deletes what it created.
endWithReader(() => undefined);
const [example = familyName] = instanceNames;
const program = new Command("contract")
  .description("Checks a live instance against its contract, and leaves it as it was.")
  .argument("[instance...]", `${instanceNames.join(", ")}, or family`)
  .option("--base-url <url>", "where the instance is, if not where its contract says", parseUrl)
  .option("--write", "also create, update and delete handlers of its own (default: read only)")
  .option("--sandbox", "start sandboxes and check them, writes included; all instances where none is named")
  .option("--fault <name>", "with --sandbox: the way in which the sandboxes deviate")
  .option("--only <check...>", "make these checks only")
  .option("--list", "list the checks and what they prove, and check nothing")
  .option(
    "--power",
    "run the checks against every fault of the sandbox, on one instance or on those that are named, and print which check catches it",
  )
  .option("--keys", "print the instances with the names of their keys' variables as JSON, and check nothing")
  .option("--sweep", "only delete what earlier runs have left behind")
  .option(
    "--young",
    "with --sweep: also what runs left that began within the last hour and are not known here",
  )
  .option(
    "--rate <n/unit>",
    "requests at most, as 30/m or 2/s, or none (default: 30/m, none on this machine)",
    parseRateOption,
  )
  .option("--timeout <seconds>", "for a request with its answer", parseSeconds, 10)
  .option("--journal <folder>", "where what a run creates is written down (default: below $XDG_STATE_HOME)")
  .option("--json <file>", "write everything as JSON")
  .option("--junit <file>", "write the results in JUnit's form")
  .option("--har <file>", "write the traffic as an HTTP archive, without the key")
  .option("--all", "also list every statement of the contract that was not proven")
  .addHelpText(
    "after",
    `
The API key is read from ${keyVariable}, or from ${variableOf(example)} for ${example}, which
wins; a second account's from ${otherKeyVariable}. --keys names the variables of all instances.
A sweep tells runs that still go on by their journals, and leaves alone what began within the last hour and has no journal here
(a run on another machine); --young deletes that too, and would spoil such a run.
Exit codes: 0 honoured, 1 deviates or something was left behind, 2 unavailable or not set up.`,
  )
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .parse();
const options = program.opts<Options>();
const colors = pc.createColors(process.stdout.isTTY === true && pc.isColorSupported);
const progressWanted = process.stderr.isTTY === true;

await run(main, [UsageError, KeyError, UnknownCheckError, UnknownFaultError, RunStopped]);

async function main(): Promise<void> {
  const names = [...new Set(program.args)];
  for (const name of names) loadDescription(name);
  refuseContradictions();
  if (options.list) {
    process.stdout.write(listText(names[0] ?? "family"));
    return;
  }
  if (options.keys) {
    const instances = names.length === 0 ? instanceNames : names;
    console.log(JSON.stringify(instances.map((instance) => ({ instance, variable: variableOf(instance) }))));
    return;
  }
  if (options.power) {
    await showPower(names.length === 0 ? undefined : names);
    return;
  }
  if (options.fault !== undefined && !options.sandbox) throw new UsageError("--fault goes with --sandbox.");
  if (options.young && !options.sweep) throw new UsageError("--young goes with --sweep.");
  const instances = names.length === 0 && options.sandbox ? instanceNames : names;
  if (instances.length === 0)
    throw new UsageError(`Name an instance: ${instanceNames.join(", ")}, or family.`);
  if (options.baseUrl !== undefined && instances.length > 1)
    throw new UsageError("--base-url goes with one instance.");
  chosenChecks(options.only);
  for (const file of [options.json, options.junit, options.har]) refuseUnwritable(file);
  const signal = stopSignal();
  if (options.sweep) {
    for (const instance of instances) await sweepOne(instance, signal);
    return;
  }
  await checkAll(instances, signal);
}

/** Refuses what can't be asked for at once: one of the two would be passed over in silence, or go to another host than was meant. */
function refuseContradictions(): void {
  const contradictions: readonly (readonly [keyof Options, readonly (keyof Options)[]])[] = [
    ["sandbox", ["baseUrl", "sweep"]],
    ["list", ["power", "sweep", "keys"]],
    ["keys", ["power", "sweep", "sandbox"]],
    ["power", ["sweep", "sandbox", "baseUrl", "write", "only", "fault", "json", "junit", "har"]],
    ["sweep", ["only", "fault", "json", "junit", "har"]],
  ];
  const flag = (name: string) => `--${name.replace(/[A-Z]/g, (it) => `-${it.toLowerCase()}`)}`;
  for (const [one, others] of contradictions) {
    const other = others.find((it) => options[it] !== undefined);
    if (options[one] !== undefined && other !== undefined)
      throw new UsageError(`${flag(one)} and ${flag(other)} exclude each other.`);
  }
}

async function checkAll(instances: readonly string[], signal: AbortSignal): Promise<void> {
  const reports: Report[] = [];
  const exchanges: Exchange[] = [];
  for (const instance of instances) {
    if (signal.aborted) break;
    const checked = await checkOne(instance, signal);
    reports.push(checked.report);
    exchanges.push(...checked.exchanges);
    clearProgress();
    console.log(textOf(checked.report, colors, options.all));
  }
  save(options.json, () => `${JSON.stringify(reports, null, 2)}\n`);
  save(options.junit, () => junitOf(reports));
  save(options.har, () => `${JSON.stringify(harOf(exchanges, version()), null, 2)}\n`);
  process.exitCode = signal.aborted
    ? Math.max(exitCode(reports), exitCode(reports) === 1 ? 1 : 2)
    : exitCode(reports);
}

function checkOne(instance: string, signal: AbortSignal): Promise<Checked> {
  const common = { ...commonOptions(signal), only: options.only };
  if (options.sandbox)
    return checkSandbox({ ...common, instance, fault: options.fault, interval: options.rate });
  return checkContract({ ...common, ...target(instance), write: options.write });
}

function target(instance: string): Pick<CheckOptions, "instance" | "baseUrl" | "keys" | "interval"> {
  const baseUrl = options.baseUrl ?? loadDescription(instance).baseUrl;
  const isHere = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(baseUrl).hostname);
  const interval = options.rate ?? (isHere ? 0 : parseRate("30/m"));
  return { instance, baseUrl, keys: needKeys(instance, process.env), interval };
}

function commonOptions(signal: AbortSignal) {
  return {
    timeout: options.timeout * 1_000,
    journalFolder: options.journal ?? journalFolder(process.env),
    signal,
    onRequest: ({ call }: Exchange) => progress(call.purpose),
    onWait: (milliseconds: number, reason: string) =>
      progress(`waiting ${(milliseconds / 1_000).toFixed(0)} s: ${reason}`),
  };
}

async function sweepOne(instance: string, signal: AbortSignal): Promise<void> {
  const swept = await sweepInstance({ ...commonOptions(signal), ...target(instance), young: options.young });
  const { deleted, left, young, complete, damage } = swept;
  clearProgress();
  for (const sentence of damage) console.log(sentence);
  if (deleted.length > 0) console.log(`${instance}: deleted ids ${deleted.join(", ")}.`);
  if (!complete)
    console.log(
      `${instance}: it could not be told whether anything was left behind: the list can't be read to its end.`,
    );
  else if (deleted.length + left.handlers.length + left.unknown.length + young.length === 0)
    console.log(`${instance}: nothing was left behind.`);
  for (const { id, name } of left.handlers)
    console.log(`Still there: handler ${id}, ${JSON.stringify(name)}.`);
  for (const { name, why } of left.unknown)
    console.log(`Perhaps still there: ${JSON.stringify(name)}; ${why}.`);
  for (const { id, name } of young) {
    console.log(
      `Left alone: handler ${id}, ${JSON.stringify(name)}: its run began within the last hour, is not known here, and may go on. If it has ended, use --sweep --young.`,
    );
  }
  if (left.handlers.length + left.unknown.length > 0) process.exitCode = 1;
  else if (!complete || young.length > 0) process.exitCode ??= 2;
}

async function showPower(instances: readonly string[] | undefined): Promise<void> {
  const power = await measurePower(instances, ({ fault, instance }) => progress(`${fault} on ${instance}`));
  clearProgress();
  process.stdout.write(powerTable());
  const bad = power.filter((it) => !it.caught || it.others.length > 0);
  for (const { fault, instance, caught, others } of bad) {
    const what = caught ? `also fails ${others.join(", ")}` : "is not caught";
    console.error(`${fault} on ${instance} ${what}.`);
  }
  console.error(
    `${power.filter((it) => it.caught).length} of ${power.length} caught, ${bad.length} with something wrong.`,
  );
  process.exitCode = bad.length > 0 ? 1 : 0;
}

/** Aborts at the first SIGINT, SIGTERM or SIGHUP; the run then cleans up. The second one ends the process, and the journal stays. */
function stopSignal(): AbortSignal {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) process.exit(2);
    console.error("Stopping: what was created is deleted first. Once more to leave it behind.");
    controller.abort();
  };
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, stop);
  return controller.signal;
}

function progress(text: string): void {
  if (progressWanted) process.stderr.write(`\r\u001b[K${text.slice(0, (process.stderr.columns ?? 80) - 1)}`);
}

function clearProgress(): void {
  if (progressWanted) process.stderr.write("\r\u001b[K");
}

/** Before a run whose results would then be lost. */
function refuseUnwritable(file: string | undefined): void {
  if (file === undefined) return;
  try {
    if (existsSync(file)) {
      accessSync(file, constants.W_OK);
      if (statSync(file).isDirectory()) throw new Error("it is a folder");
    } else accessSync(dirname(resolve(file)), constants.W_OK);
  } catch (error) {
    throw new UsageError(`${file} can't be written: ${(error as Error).message}`);
  }
}

function save(file: string | undefined, content: () => string): void {
  if (file === undefined) return;
  try {
    writeFileSync(file, content());
  } catch (error) {
    throw new UsageError(`${file} can't be written: ${(error as Error).message}`);
  }
}

function version(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return String((JSON.parse(text) as { version: string }).version);
}

function parseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (
    url === undefined ||
    !/^https?:$/.test(url.protocol) ||
    url.username !== "" ||
    url.search !== "" ||
    url.hash !== ""
  ) {
    throw new InvalidArgumentError("It must be an http or https URL without user, query and fragment.");
  }
  return url.href.replace(/\/+$/, "");
}

function parseRateOption(text: string): number {
  const rate = parseRate(text);
  if (rate === undefined)
    throw new InvalidArgumentError("It must be a number and s, m or h, as in 30/m, or none.");
  return rate;
}

function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (!(seconds > 0 && seconds <= 600))
    throw new InvalidArgumentError("It must be a number of seconds, up to 600.");
  return seconds;
}
