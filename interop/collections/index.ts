/** `npm run collections`: a Postman and a Bruno collection of every instance, from its bundle, into dist/collections/. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { createProgram } from "../../src/cli/program.ts";
import { descriptionNames, nearest } from "../../src/description/index.ts";
import { projectRoot } from "../../src/generate/paths.ts";
import { areInstalled, howToInstall } from "../tools/index.ts";
import { brunoCollection } from "./bruno.ts";
import { postmanCollection } from "./postman.ts";
import { tryCollections } from "./try.ts";

const program = createProgram("collections", {
  does: "Writes a Postman 2.1 and a Bruno collection of every instance into dist/collections/.",
  exitCodes:
    "0 written, 1 a bundle can't be converted, or with --try a request is refused, 2 wrong usage, or the converters are not installed",
})
  .argument("[instance...]", "the instances (default: all, and family)")
  .option("--try", "run each with newman and with Bruno's command, on a sandbox");
program.parse();
const { try: tries } = program.opts<{ try?: true }>();
const names = program.args.length > 0 ? program.args : descriptionNames;
const unknown = names.find((name) => !descriptionNames.includes(name));
if (unknown !== undefined)
  program.error(`error: unknown instance "${unknown}": ${nearest(unknown, descriptionNames)}.`);
if (!areInstalled) program.error(`error: the converters are not installed: ${howToInstall}`);

const folder = join(projectRoot, "dist/collections");
await mkdir(folder, { recursive: true });
for (const name of names) {
  const read = (file: string) => readFile(join(projectRoot, "generated", name, file), "utf8");
  try {
    const postman = await postmanCollection(
      await read("openapi-flat.yaml"),
      parse(await read("openapi.yaml")),
    );
    const place = (tool: string) => join(folder, `${name}.${tool}.json`);
    await writeFile(place("postman"), `${JSON.stringify(postman, null, 2)}\n`);
    await writeFile(place("bruno"), `${JSON.stringify(await brunoCollection(postman), null, 2)}\n`);
    console.log(`Wrote dist/collections/${name}.postman.json and ${name}.bruno.json.`);
    if (tries)
      console.log(`  answered with 200: ${await tryCollections(name, place("postman"), place("bruno"))}`);
  } catch (error) {
    console.error(`${name}: ${(error as Error).message}`);
    process.exitCode = 1;
  }
}
