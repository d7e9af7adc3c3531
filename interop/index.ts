/** `npm run interop`: tries the bundles with other people's tools, which are installed only in interop/. */
import { readFile, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { createProgram } from "../src/cli/program.ts";
import { descriptionNames, nearest } from "../src/description/index.ts";
import { projectRoot } from "../src/generate/paths.ts";
import { renderLine, renderPage, type Trial } from "./table.ts";
import { forms, type Tool } from "./tool.ts";
import { areInstalled, howToInstall, tools } from "./tools/index.ts";
import { tryTool } from "./trial.ts";

const page = join(projectRoot, "docs/interop.md");

const program = createProgram("interop", {
  does: "Tries the bundles with generators, validators and mocks of others, each on a sandbox of its own.",
  exitCodes:
    "0 tried, and with --check as docs/interop.md says, 1 otherwise, 2 wrong usage, or not installed: the tools, or with --check or --write what one needs",
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

/** The tools whose requirements this machine meets, with their versions. */
const there: { tool: Tool; version: string }[] = [];
for (const tool of tools.filter(({ name }) => only === undefined || name === only)) {
  try {
    there.push({ tool, version: await tool.version() });
  } catch {
    const lacking = `${tool.name} is not tried: it needs ${tool.needs} (names of Debian's packages).`;
    if (check || write) program.error(`error: docs/interop.md is about all tools. ${lacking}`);
    console.error(lacking);
  }
}

const trials = there.flatMap(({ tool, version }) =>
  instances.flatMap((instance) =>
    (tool.forms ?? forms).map((form): Trial => ({ tool, version, instance, form, outcome: {} })),
  ),
);
const waiting = trials[Symbol.iterator]();
const work = async () => {
  for (const trial of waiting) {
    Object.assign(trial.outcome, await tryTool(trial.tool, trial.instance, trial.form));
    console.log(renderLine(trial));
  }
};
await Promise.all(Array.from({ length: availableParallelism() }, work));
const text = renderPage(trials);
if (write) await writeFile(page, text);
/** The table and the reasons below it. Versions of installed programs differ from machine to machine. */
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
