import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** The files that take longest, longest first. They are begun first, so that all processors are busy to the end. */
const longest = [
  "test/contract-lab/power-one.test.ts",
  "test/browser/docs.test.ts",
  "test/contract-lab/power-other.test.ts",
  "test/client/package.test.ts",
  "test/sandbox/durability.test.ts",
  "test/cli/mock.test.ts",
  "test/sandbox/faults.test.ts",
  "test/contract/killed.test.ts",
  "test/contract/cli.test.ts",
  "test/cli/start.test.ts",
  "test/generate/generate.test.ts",
  "test/contract/care.test.ts",
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId, project }: TestSpecification) => {
      const index = longest.indexOf(relative(project.config.root, moduleId).replaceAll("\\", "/"));
      return index === -1 ? longest.length : index;
    };
    return (await super.sort(files)).sort((one, other) => rank(one) - rank(other));
  }
}

const checker = fileURLToPath(new URL("node_modules/typescript-native/bin/tsc", import.meta.url));

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: "test/temporary-folder.ts",
    // Of all files of tsconfig.json, not only of these: the compiler of `npm run typecheck` over everything.
    typecheck: { enabled: true, checker, include: ["test/**/*.test-d.ts"], tsconfig: "./tsconfig.json" },
    maxWorkers: "100%",
    // The files of a worker share what they import, which costs more than most of them. No file changes a module or a global.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    // Against tests that hang. A slow or busy machine takes many times what a quick one does, and that is no failure.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
