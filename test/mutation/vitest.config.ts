import { defineConfig } from "vitest/config";

/** The tests of one folder, for each mutant of its code. `npm run mutation` says which. */
export default defineConfig({
  test: {
    // Stryker's copy of the project, not the folder of this file.
    root: process.cwd(),
    include: (process.env.MUTATION_TESTS ?? "").split(" "),
    globalSetup: "test/temporary-folder.ts",
    isolate: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
