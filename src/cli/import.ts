import { writeFileSync } from "node:fs";
import { InvalidArgumentError } from "commander";
import { isFreshByDigest } from "../generate/digest.ts";
import {
  ImportError,
  importPages,
  isRegistrable,
  languageTag,
  type Outcome,
  reportOf,
} from "../import/index.ts";
import { createProgram } from "./program.ts";
import { mayColor } from "./streams.ts";

interface Options {
  readonly write?: boolean;
  readonly check?: boolean;
  readonly json?: boolean;
  readonly name?: string;
  readonly language?: string;
  readonly out?: string;
  readonly private?: boolean;
}

const program = createProgram("import", {
  does: "Reads the documentation page of an instance, in any language, and compares it with the contract.",
  exitCodes:
    "0 read and nothing differs, or written; 1 differs or incomplete; 2 can't be read, or wrong usage",
})
  .argument("[page...]", "HTML, Markdown or text: files, - for standard input, or URLs")
  .option(
    "--write",
    "register the instance: its entry in redocly.yaml, the facts in pages/, and everything that is derived",
  )
  .option(
    "--check",
    "compare pages with what is registered; without pages, compare all kept facts with their entries",
  )
  .option("--json", "print an array with an element per page, for machines")
  .option("--name <host>", "the name of the instance, if not the host of its API", parseName)
  .option(
    "--language <tag>",
    "the language of the page, such as fr or pt-BR, if the page does not name it",
    parseLanguage,
  )
  .option("--out <file>", "write the output to a file")
  .option("--private", "allow private addresses")
  .parse();
const options = program.opts<Options>();

function parseLanguage(text: string): string {
  const tag = languageTag(text);
  if (tag === undefined) throw new InvalidArgumentError("It must be a BCP 47 tag, such as fr or pt-BR.");
  return tag;
}

function parseName(text: string): string {
  if (!isRegistrable(text))
    throw new InvalidArgumentError("It must be a host name in lower case, such as panel.example.");
  return text;
}

const usage = usageProblem();
if (usage !== undefined) {
  console.error(usage);
  process.exit(2);
}

try {
  const { name, language, private: allowPrivate = false, write = false } = options;
  const outcomes = await importPages(program.args, {
    ...(name !== undefined && { instance: name }),
    ...(language !== undefined && { language }),
    allowPrivate,
    write,
    onStep: (text) => process.stderr.isTTY && console.error(text),
    isFresh: isFreshByDigest,
    onWarning: (text) => console.error(text),
  });
  print(outcomes);
  process.exitCode = Math.max(0, ...outcomes.map(exitCode));
} catch (error) {
  if (!(error instanceof ImportError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}

function usageProblem(): string | undefined {
  const pages = program.args;
  if (pages.length === 0 && !options.check)
    return "Name a page: a file, - for standard input, or a URL; or use --check.";
  if (options.check && options.write) return "--check changes nothing: leave out --check or --write.";
  if (options.name !== undefined && pages.length !== 1) return "--name needs exactly one page.";
  if (pages.filter((page) => page === "-").length > 1) return "Standard input can be read once: name - once.";
  return undefined;
}

function print(outcomes: readonly Outcome[]): void {
  const toFile = options.out !== undefined;
  const isColored = !toFile && mayColor(process.stdout, process.env);
  const read = outcomes.flatMap((each) => ("imported" in each ? [each] : []));
  const text = options.json
    ? `${JSON.stringify(
        outcomes.map((each) => ("imported" in each ? each.imported.result : each)),
        null,
        1,
      )}\n`
    : read.map((each) => reportOf(each.imported, isColored, each.written)).join("\n");
  if (options.out === undefined) process.stdout.write(text);
  else writeOut(options.out, text);
  for (const each of outcomes) {
    // What is wrong with kept facts begins with their file.
    if ("error" in each)
      console.error(each.error.startsWith(each.page) ? each.error : `${each.page}: ${each.error}`);
    else if (each.refused !== undefined) console.error(`${each.page}: Not written. ${each.refused}`);
  }
}

function writeOut(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new ImportError(`${file} can't be written: ${(error as Error).message}`);
  }
}

function exitCode(outcome: Outcome): number {
  if ("error" in outcome) return 2;
  if (outcome.written !== undefined) return 0;
  const { findings } = outcome.imported.result;
  return findings.some(({ level }) => level !== "odd") ? 1 : 0;
}
