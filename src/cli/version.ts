import { readFile } from "node:fs/promises";
import { generate } from "../generate/index.ts";
import { writeVersion } from "../generate/version.ts";
import { createProgram } from "./program.ts";

createProgram("version", {
  does: "Writes the version of package.json into the contract, and derives generated/ anew.",
  exitCodes: "0 written, 2 wrong usage",
}).parse();

const { version } = JSON.parse(await readFile(new URL("../../package.json", import.meta.url), "utf8"));
await writeVersion(version);
await generate();
console.log(`The contract has the version ${version}.`);
