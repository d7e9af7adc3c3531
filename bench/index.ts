/**
 * `npm run bench` runs every bench of this folder, each in a process of its own, and ends with one table; `npm run bench -- <name> [argument...]`
 * runs one. `--json <file>` writes the figures, `--from <file>` takes them from such a file, `--write` makes docs/figures.md of all of them.
 * A bench is a module whose `bench` prints what it measures and gives its figures.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Found } from "./figures/figure.ts";
import { writePage } from "./figures/page.ts";
import { type BenchReport, isMissed, reportOf, tableOf } from "./figures/report.ts";

const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith(".ts") && file !== "index.ts")
  .map((file) => file.slice(0, -3));
const output = optionOf("--json");
const input = optionOf("--from");
const writes = flagOf("--write");
const [name] = process.argv.slice(2);
const usage = `npm run bench [-- ${names.join(" | ")}] [--json <file>], or --write`;
if (name === "--help" || name === "-h") {
  console.log(
    `Usage: ${usage}. Without a name: all, each in a process of its own. Exit codes: 0 fine, 1 a bound is missed, 2 wrong usage.`,
  );
  process.exit(0);
}
if (name !== undefined && !names.includes(name)) {
  console.error(`There is no bench "${name}": use ${usage}.`);
  process.exit(2);
}
if (name !== undefined && (writes || input !== undefined)) {
  console.error(
    "--write makes the page of all benches, and --from measures none: name no bench beside them.",
  );
  process.exit(2);
}
const report =
  input !== undefined
    ? readReport(input)
    : name === undefined
      ? runAll()
      : reportOf({ [name]: await runOne(name) }, new Date());
console.log(`\n${tableOf(report)}`);
if (output !== undefined) writeFileSync(output, `${JSON.stringify(report, null, 2)}\n`);
if (writes) await writePage(report, join(import.meta.dirname, "../docs"));
process.exit(isMissed(report) ? 1 : 0);

/** Figures that were kept with --json. */
function readReport(file: string): BenchReport {
  try {
    const report = JSON.parse(readFileSync(file, "utf8")) as BenchReport;
    if (report.version === 1) return report;
    console.error(`${file} has no figures of version 1: npm run bench -- --json <file> writes them.`);
  } catch (error) {
    console.error(`${file} can't be read: ${(error as Error).message}`);
  }
  process.exit(2);
}

/** The value of an option, which is taken away, so that a bench finds its own arguments alone. */
function optionOf(option: string): string | undefined {
  const place = process.argv.indexOf(option);
  if (place === -1) return undefined;
  const [, value] = process.argv.splice(place, 2);
  if (value !== undefined) return value;
  console.error(`${option} wants a file.`);
  process.exit(2);
}

/** Whether an option is there, which is taken away. */
function flagOf(option: string): boolean {
  const place = process.argv.indexOf(option);
  if (place !== -1) process.argv.splice(place, 1);
  return place !== -1;
}

async function runOne(bench: string): Promise<Found> {
  const module = (await import(`./${bench}.ts`)) as { bench: () => Promise<Found> };
  return await module.bench();
}

/** Each alone, so that none finds the memory or the compiled code of another. */
function runAll(): BenchReport {
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  try {
    const benches: Record<string, Found> = {};
    for (const [index, each] of names.entries()) {
      console.log(`\n[${index + 1}/${names.length}] ${each}`);
      const file = join(folder, `${each}.json`);
      const args = [...process.execArgv, process.argv[1] ?? "", each, "--json", file];
      const { status } = spawnSync(process.execPath, args, { stdio: "inherit" });
      benches[each] =
        status === 0 || status === 1
          ? ((JSON.parse(readFileSync(file, "utf8")) as BenchReport).benches[each] ?? [])
          : [`it ended with ${status}`];
    }
    return reportOf(benches, new Date());
  } finally {
    rmSync(folder, { recursive: true });
  }
}
