import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../generate/paths.ts";
import { deriveSchemas } from "../settings/derive.ts";
import { createProgram } from "./program.ts";

const program = createProgram("schemas", {
  does: "Derives the JSON Schemas in schemas/ from the types of what commands read and write.",
  exitCodes: "0 fine, 1 a schema is stale, 2 wrong usage",
})
  .option("--check", "write nothing; exit 1 and name the files that are stale")
  .parse();
const { check } = program.opts<{ check?: boolean }>();

const folder = join(projectRoot, "schemas");
const stale = [...deriveSchemas(projectRoot)].filter(([name, text]) => {
  const file = join(folder, name);
  return !existsSync(file) || readFileSync(file, "utf8") !== text;
});
if (!check) {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of stale) writeFileSync(join(folder, name), text);
}
const names = stale.map(([name]) => `schemas/${name}`).join(", ");
if (stale.length === 0) console.log("schemas/ is fresh.");
else if (check) console.error(`Stale: ${names}. Run \`npm run schemas\` and commit the result.`);
else console.log(`Wrote ${names}.`);
process.exitCode = check && stale.length > 0 ? 1 : 0;
