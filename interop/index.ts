/** `npm run interop`: tries the bundles with the tools of others, which are installed in interop/ alone. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createProgram } from "../src/cli/program.ts";
import { descriptionNames, nearest } from "../src/description/index.ts";
import { projectRoot } from "../src/package/index.ts";
import { renderLine, renderPage, type Trial } from "./table.ts";
import { forms } from "./tool.ts";
import { areInstalled, howToInstall, tools } from "./tools/index.ts";
import { tryTool } from "./trial.ts";

const page = join(projectRoot, "docs/interop.md");

const program = createProgram("interop", {
  does: "Tries the bundles with generators, validators and mocks of others, each on a sandbox of its own.",
  exitCodes:
    "0 tried, and with --check as docs/interop.md says, 1 otherwise, 2 wrong usage, or the tools are not installed",
})
  .argument("[instance...]", "the instances (default: all, and family)")
  .option("--tool <name>", "this tool alone")
  .option("--check", "compare what comes of it with docs/interop.md")
  .option("--write", "write docs/interop.md")
  .parse();
const { tool: only, check, write } = program.opts<{ tool?: string; check?: true; write?: true }>();
const instances = program.args.length > 0 ? program.args : descriptionNames;
const unknown = instances.find((name) => !descriptionNames.includes(name));
if (unknown !== undefined)
  program.error(`error: unknown instance "${unknown}": ${nearest(unknown, descriptionNames)}.`);
const names = tools.map(({ name }) => name);
if (only !== undefined && !names.includes(only))
  program.error(`error: unknown tool "${only}": ${nearest(only, names)}.`);
const isPart = only !== undefined || program.args.length > 0;
if (isPart && (check || write))
  program.error("error: docs/interop.md is about all tools and instances; name none.");
if (!areInstalled) program.error(`error: the tools are not installed: ${howToInstall}`);

const trials: Trial[] = [];
for (const tool of tools.filter(({ name }) => only === undefined || name === only)) {
  const version = await Promise.resolve()
    .then(tool.version)
    .catch(() => undefined);
  if (version === undefined) {
    console.error(`${tool.name} is not on this machine, and is not tried.`);
    if (check || write) process.exitCode = 1;
    continue;
  }
  for (const instance of instances) {
    for (const form of tool.forms ?? forms) {
      const trial = { tool, version, instance, form, outcome: await tryTool(tool, instance, form) };
      trials.push(trial);
      console.log(renderLine(trial));
    }
  }
}
const text = renderPage(trials);
if (write) await writeFile(page, text);
/** The table and the reasons below it. Versions of what the machine has differ from machine to machine. */
const found = (markdown: string) =>
  markdown
    .split("\n")
    .filter((line) => /^(\||\d+\.)/.test(line))
    .map((line) => line.replace(/^(\| [^|]*) [\d.]+ \|/, "$1 |"))
    .join("\n");
if (check && found(await readFile(page, "utf8")) !== found(text)) {
  console.error("This is not what docs/interop.md says. What came of it now:\n");
  console.error(text);
  process.exitCode = 1;
}
