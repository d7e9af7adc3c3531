import { readFile } from "node:fs/promises";
import { DocsError } from "../docs/error.ts";
import { GenerateError, generate } from "../generate/index.ts";
import { writeVersion } from "../generate/version.ts";
import { createProgram } from "./program.ts";

createProgram("version", {
  does: "Writes the version of package.json into the contract and the workbench's description, generates generated/ again, and saves it as a release for the docs.",
  exitCodes:
    "0 written, 1 the contract is wrong, or other contracts were released under that version, 2 wrong usage",
}).parse();

const { version } = JSON.parse(await readFile(new URL("../../package.json", import.meta.url), "utf8"));
try {
  await writeVersion(version);
  await generate();
  // Loaded late: it reads generated files.
  const { instanceEntries, keepRelease } = await import("../docs/index.ts");
  const date = new Date().toISOString().slice(0, 10);
  keepRelease({ version, date, instances: Object.fromEntries(instanceEntries()) });
  console.log(`The contract has the version ${version}.`);
} catch (error) {
  if (!(error instanceof GenerateError || error instanceof DocsError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
