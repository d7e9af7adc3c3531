/**
 * `npm run bench` runs every bench of this folder, each in a process of its own, and ends with one table; `npm run bench -- <name> [argument...]`
 * runs one. A bench is a module whose `bench` prints what it measures and returns its figures.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createProgram } from "../src/cli/program.ts";
import type { Found } from "./figures/figure.ts";
import { names } from "./figures/names.ts";
import { writePage } from "./figures/page.ts";
import {
  type BenchReport,
  isBroken,
  measuredHere,
  missedIn,
  parseReport,
  tableOf,
} from "./figures/report.ts";

/** After this many milliseconds a bench is taken to hang, and is ended. The longest one takes a quarter of it. */
const longest = 3_600_000;

const program = createProgram("bench", {
  does: "Measures the project beside its peers.",
  exitCodes: "0 every bar is held, 1 one is missed or a bench fails, 2 wrong usage",
})
  .argument("[name]", `${names.join(", ")} (default: all, each in a process of its own)`)
  .argument("[argument...]", "what this bench takes")
  .option("--json <file>", "also writes the figures there")
  .option("--from <file>", "takes the figures of such a file, and measures nothing")
  .option("--warn", "a missed bar is told, and no failure: for a machine that others use, too")
  .option("--write", "puts them into docs/figures.md, where other benches keep theirs")
  .parse();
const { json, from, warn, write } = program.opts<{
  json?: string;
  from?: string;
  warn?: true;
  write?: true;
}>();
const [name, ...args] = program.args;
if (name !== undefined && !names.includes(name))
  program.error(`error: there is no bench "${name}": there are ${names.join(", ")}.`);
if (name !== undefined && from !== undefined)
  program.error("error: --from measures nothing: name no bench beside it.");

const benches: Record<string, BenchReport["benches"][string]> = {};
const report: BenchReport = { version: 2, benches };
const failures: string[] = [];
if (from !== undefined) Object.assign(benches, readReport(from).benches);
else if (name !== undefined) benches[name] = measuredHere(await runOne(name), new Date());
else await runAll();
console.log(`\n${tableOf(report)}`);
for (const failure of failures) console.error(failure);
const missed = missedIn(report);
// GitHub shows such a line beside the run.
if (warn)
  for (const line of missed) console.log(`${process.env.GITHUB_ACTIONS ? "::warning::" : "Missed: "}${line}`);
await keep();
process.exit(isBroken(report) || failures.length > 0 || (missed.length > 0 && !warn) ? 1 : 0);

/** Writes the figures so far. */
async function keep(): Promise<void> {
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(report, null, 2)}\n`);
  if (write) await writePage(report, names, join(import.meta.dirname, "../docs"));
}

function readReport(file: string): BenchReport {
  try {
    const report = parseReport(readFileSync(file, "utf8"));
    if (report !== undefined) return report;
  } catch (error) {
    program.error(`error: ${file} can't be read: ${(error as Error).message}`);
  }
  return program.error(
    `error: ${file} has no figures of version 2: npm run bench -- --json <file> writes them.`,
  );
}

async function runOne(bench: string): Promise<Found> {
  const module = (await import(`./${bench}.ts`)) as { bench: (args: readonly string[]) => Promise<Found> };
  return await module.bench(args);
}

/**
 * Runs each bench in its own process, so that none affects another's memory or compiled code. Figures are written after each: a bench that fails, or
 * a person who stops the run, loses no others.
 */
async function runAll(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  try {
    for (const [index, each] of names.entries()) {
      console.log(`\n[${index + 1}/${names.length}] ${each}`);
      const file = join(folder, `${each}.json`);
      const command = [...process.execArgv, process.argv[1] ?? "", each, "--json", file];
      const { status, signal } = spawnSync(process.execPath, command, { stdio: "inherit", timeout: longest });
      if (existsSync(file)) Object.assign(benches, readReport(file).benches);
      else failures.push(`${each}: not measured, it ended with ${signal ?? status}.`);
      await keep();
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}
