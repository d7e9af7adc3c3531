import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { Stryker } from "@stryker-mutator/core";
import { folders } from "./folders.ts";

/*
 * `npm run mutation -- <folder of src> [file...]`: Stryker makes mutants of the code of a folder, or of these files of it, and tells which of them
 * its tests let live. Exit codes: 0 the score is at the folder's floor, 1 it is below, 2 wrong usage.
 */

process.chdir(fileURLToPath(new URL("../../", import.meta.url)));
const [name = "", ...files] = process.argv.slice(2);
const mutated = folders[name];
if (mutated === undefined) {
  console.error(`Name one of the folders ${Object.keys(folders).join(", ")}: npm run mutation -- form`);
  process.exit(2);
}
const strangers = files.filter((file) => !file.startsWith(`src/${name}/`));
if (strangers.length > 0) {
  console.error(`${strangers.join(", ")}: no file below src/${name}/.`);
  process.exit(2);
}

process.env.MUTATION_TESTS = mutated.tests.join(" ");
await new Stryker({
  mutate: files.length > 0 ? files : [`src/${name}/**/*.ts`],
  testRunner: "vitest",
  plugins: ["@stryker-mutator/vitest-runner"],
  vitest: { configFile: "test/mutation/vitest.config.ts", related: false },
  coverageAnalysis: "perTest",
  ignoreStatic: mutated.ignoresStatic ?? false,
  concurrency: availableParallelism(),
  // Endless loops are told by their rounds: this is for what waits for ever, and a busy machine must not look like it.
  timeoutMS: 120_000,
  // The copy of the project that is tried, and what is found.
  tempDirName: "dist/mutation/copy",
  ignorePatterns: ["dist"],
  reporters: ["clear-text", "progress-append-only", "html", "json"],
  clearTextReporter: { reportTests: false },
  htmlReporter: { fileName: `dist/mutation/${name}.html` },
  jsonReporter: { fileName: `dist/mutation/${name}.json` },
  // Of some files alone nothing is promised. Below `break` Stryker ends with 1.
  thresholds: { low: mutated.floor ?? 0, high: 90, break: files.length > 0 ? null : mutated.floor },
}).runMutationTest();
