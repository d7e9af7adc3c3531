import { readFileSync, statSync } from "node:fs";
import { Command, InvalidArgumentError } from "commander";
import {
  type Contract,
  checkKept,
  contractKnowledge,
  decode,
  ImportError,
  type Imported,
  importPage,
  languageTag,
  maxBytes,
  openContract,
  readRegister,
  reportOf,
} from "../import/index.ts";
import { endWithReader, mayColor } from "./streams.ts";

interface Options {
  readonly write?: boolean;
  readonly check?: boolean;
  readonly json?: boolean;
  readonly name?: string;
  readonly language?: string;
  readonly out?: string;
}

endWithReader();
const program = new Command("import")
  .description(
    "Reads the documentation page of an instance, in any language, and holds it against the contract.",
  )
  .argument("[page...]", "HTML, Markdown or text: files, - for standard input, or addresses")
  .option(
    "--write",
    "register the instance: its entry in redocly.yaml, what was read in pages/, and all that is derived",
  )
  .option(
    "--check",
    "hold pages against what is registered; without pages, what was kept of each registered instance",
  )
  .option("--json", "print an array with an element per page, for machines")
  .option("--name <host>", "the name of the instance, if not the host of its API")
  .option(
    "--language <tag>",
    "the language of the page, as fr or pt-BR, where the page doesn't say it",
    parseLanguage,
  )
  .option("--out <file>", "write what would be printed to a file")
  .addHelpText(
    "after",
    "\nExit codes: 0 read and nothing differs, or written; 1 differs or incomplete; 2 can't be read, or wrong usage.",
  )
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .parse();
const options = program.opts<Options>();

function parseLanguage(text: string): string {
  const tag = languageTag(text);
  if (tag === undefined) throw new InvalidArgumentError("A BCP 47 tag is wanted, as fr or pt-BR.");
  return tag;
}

function readBytes(page: string): Uint8Array {
  if (page === "-") return readFileSync(0);
  const { size } = statSync(page);
  if (size > maxBytes) throw new ImportError(`It has ${size} bytes; a page may have ${maxBytes}.`);
  return readFileSync(page);
}

function read(page: string, contract: Contract): Imported {
  const { name, language } = options;
  return importPage(page === "-" ? "standard input" : page, decode(readBytes(page)), contract, {
    name: page,
    ...(name !== undefined && { instance: name }),
    ...(language !== undefined && { language }),
  });
}

const contract = openContract(contractKnowledge(), readRegister());
const results: Imported[] = [];
for (const page of program.args) results.push(read(page, contract));
if (program.args.length === 0) {
  for (const name of contract.register.keys()) {
    const kept = checkKept(name, contract);
    if (kept) results.push(kept);
  }
}
const text = options.json
  ? `${JSON.stringify(
      results.map(({ result }) => result),
      null,
      1,
    )}\n`
  : results.map((each) => reportOf(each, mayColor(process.stdout, process.env))).join("\n");
process.stdout.write(text);
