import { relative } from "node:path";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { keptThread } from "./kept-thread.ts";

const files = (process.env.MUTATION_TESTS ?? "").split(" ");

/** Quick files come first, since the first test that fails ends a mutant. Vitest would begin with the slow ones. */
class AsNamed extends BaseSequencer {
  override async sort(specifications: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => files.indexOf(relative(process.cwd(), moduleId));
    return specifications.toSorted((one, other) => rank(one) - rank(other));
  }
}

/** The tests of one folder, for each mutant of its code. `npm run mutation` says which. */
export default defineConfig({
  plugins: [keptThread],
  test: {
    // Stryker's copy of the project, not the folder of this file.
    root: process.cwd(),
    include: files,
    globalSetup: "test/temporary-folder.ts",
    setupFiles: "test/mutation/setup.ts",
    sequence: { sequencer: AsNamed },
    isolate: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
