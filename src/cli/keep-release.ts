import { readFile } from "node:fs/promises";
import { relative } from "node:path";
import { DocsError, instanceEntries, keepRelease } from "../docs/index.ts";
import { createProgram } from "./program.ts";

const program = createProgram("keep-release", {
  does: "Saves the registry as a release (releases/<version>.json), for the changelog of each instance in the docs.",
  exitCodes: "0 saved, or saved before, 1 it can't be a release, 2 wrong usage",
})
  .argument("[version]", "the released version, such as 1.2.3 (default: that of package.json)")
  .option("--date <date>", "the date of the release, such as 2026-01-31 (default: today)")
  .parse();
const manifest = JSON.parse(await readFile(new URL("../../package.json", import.meta.url), "utf8"));
const [version = String(manifest.version)] = program.args;
const { date = new Date().toISOString().slice(0, 10) } = program.opts<{ date?: string }>();

try {
  const instances = Object.fromEntries(instanceEntries());
  console.log(relative(process.cwd(), keepRelease({ version, date, instances })));
} catch (error) {
  if (!(error instanceof DocsError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
