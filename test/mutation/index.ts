import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { Stryker } from "@stryker-mutator/core";
import { rooms } from "./rooms.ts";

/*
 * `npm run mutation -- <room> [file...]`: Stryker makes one fault after the other in the code of a room, or in these files of it, and tells
 * which of them its tests don't notice. Exit codes: 0 the room is at its floor, 1 it is below, 2 wrong usage.
 */

process.chdir(fileURLToPath(new URL("../../", import.meta.url)));
const [name = "", ...files] = process.argv.slice(2);
const room = rooms[name];
if (room === undefined) {
  console.error(`Name one of the rooms ${Object.keys(rooms).join(", ")}: npm run mutation -- form`);
  process.exit(2);
}
const strangers = files.filter((file) => !file.startsWith(`src/${name}/`));
if (strangers.length > 0) {
  console.error(`${strangers.join(", ")}: no file below src/${name}/.`);
  process.exit(2);
}

process.env.MUTATION_TESTS = room.tests.join(" ");
await new Stryker({
  mutate: files.length > 0 ? files : [`src/${name}/**/*.ts`],
  testRunner: "vitest",
  plugins: ["@stryker-mutator/vitest-runner"],
  vitest: { configFile: "test/mutation/vitest.config.ts", related: false },
  coverageAnalysis: "perTest",
  concurrency: availableParallelism(),
  // The copy of the project that is tried, and what is found.
  tempDirName: "dist/mutation/copy",
  ignorePatterns: ["dist"],
  reporters: ["clear-text", "progress-append-only", "html", "json"],
  clearTextReporter: { reportTests: false },
  htmlReporter: { fileName: `dist/mutation/${name}.html` },
  jsonReporter: { fileName: `dist/mutation/${name}.json` },
  // Of some files alone nothing is promised. Below `break` Stryker ends with 1.
  thresholds: { low: room.floor, high: 90, break: files.length > 0 ? null : room.floor },
}).runMutationTest();
