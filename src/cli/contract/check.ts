import type pc from "picocolors";
import {
  baselineFor,
  byNeed,
  type Checked,
  type CheckOptions,
  checkMember,
  exitCode,
  failuresOf,
  type HostPace,
  hasKeys,
  journalFolder,
  type Member,
  type Report,
  runFleet,
  runMember,
  tableOf,
  textOf,
  unchecked,
} from "../../contract/index.ts";
import type { Chosen } from "./members.ts";
import { type Options, UsageError } from "./options.ts";
import { Outputs } from "./output.ts";
import { type Progress, progressOf } from "./progress.ts";

type Colors = ReturnType<typeof pc.createColors>;

/** Checks the members, prints the results, and writes the requested files. */
export async function checkAll(
  { members, passedOver }: Chosen,
  options: Options,
  signal: AbortSignal,
  colors: Colors,
): Promise<void> {
  const outputs = new Outputs(options);
  const progress = await progressOf(members.length, process.stderr, colors);
  const results = await runFleet<Report>(members, {
    parallel: options.parallel,
    signal,
    onBegin: (member) => progress.begin(member),
    onEnd: (member, report) => progress.end(member, report),
    work: async (member, pace) =>
      outputs.take(await checkOne(member, pace, members.length === 1, options, signal, progress)),
  });
  progress.close();
  const now = Date.now();
  const reports = members.map(
    (it) => results.get(it) ?? unchecked(it, "It was not started, because the run was stopped.", now),
  );
  console.log(members.length === 1 ? alone(reports, options, colors) : together(reports, options, colors));
  for (const name of outputs.unknownBefore(reports))
    console.log(`${options.compare} has no report of ${name} to compare with.`);
  if (passedOver.length > 0) console.log(`Skipped, because no key is set: ${passedOver.join(", ")}.`);
  await outputs.save(reports, now);
  const code = exitCode(reports);
  process.exitCode = signal.aborted ? Math.max(code, code === 1 ? 1 : 2) : code;
}

function checkOne(
  member: Member,
  pace: HostPace,
  isAlone: boolean,
  options: Options,
  signal: AbortSignal,
  progress: Progress,
): Promise<Checked> {
  const common = {
    only: options.only,
    journalFolder: options.journal ?? journalFolder(process.env),
    signal,
    onStep: (purpose: string) => progress.step(member, purpose),
    onWait: (milliseconds: number, reason: string) =>
      progress.step(member, `waiting ${(milliseconds / 1_000).toFixed(0)} s: ${reason}`),
  };
  if (options.sandbox) return checkOwnSandbox(member, options, common);
  // For a single instance, an error that the user can fix is printed as one line.
  return isAlone && hasKeys(member) ? runMember(member, pace, common) : checkMember(member, pace, common);
}

/** Servers and databases are loaded only if they are needed. */
async function checkOwnSandbox(
  member: Member,
  { fault }: Options,
  common: Pick<CheckOptions, "only" | "journalFolder" | "signal" | "onStep" | "onWait">,
): Promise<Checked> {
  const [{ checkSandbox }, { UnknownFaultError }] = await Promise.all([
    import("../../contract-lab/index.ts"),
    import("../../sandbox/index.ts"),
  ]);
  const { instance, interval, timeout } = member;
  try {
    return await checkSandbox({
      ...common,
      instance,
      fault,
      interval,
      timeout,
      baseline: baselineFor(member),
    });
  } catch (error) {
    throw error instanceof UnknownFaultError ? new UsageError(error.message) : error;
  }
}

function alone(reports: readonly Report[], { statements }: Options, colors: Colors): string {
  return reports.map((it) => textOf(it, colors, statements)).join("\n");
}

/** The failures, and a table of all instances; or all details of each. */
function together(reports: readonly Report[], { details, statements }: Options, colors: Colors): string {
  const width = process.stdout.isTTY ? process.stdout.columns : undefined;
  const told = details
    ? byNeed(reports).map((it) => textOf(it, colors, statements))
    : [failuresOf(byNeed(reports), colors)].filter((it) => it !== "");
  return [...told, tableOf(reports, colors, width)].join("\n");
}
