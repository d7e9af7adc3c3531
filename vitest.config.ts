import { relative } from "node:path";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** The files that take longest, longest first. They are begun first, so that all processors are busy to the end. */
const longest = [
  "test/contract-lab/fault-detection-first-half.test.ts",
  "test/contract-lab/fault-detection-second-half.test.ts",
  "test/sandbox/durability.test.ts",
  "test/client/package.test.ts",
  "test/devkit/devkit.test.ts",
  "test/contract/account-safety.test.ts",
  "test/contract/unusual-instances.test.ts",
  "test/contract/shapes.test.ts",
  "test/contract/cli.test.ts",
];

/**
 * What has a command and a job of its own beside `npm test`, `npm run test:<name>`: what a browser shows in detail and the client outside Node;
 * what people do in a clone, done in a copy of it; the packages, built, packed and installed; databases that are killed, shared and behind
 * others. Of each the other tests try the essence: whether pages load and work, what is derived of entries of redocly.yaml, the code that is
 * packed, and the store on SQLite and PostgreSQL.
 */
const beside: Readonly<Record<string, readonly string[]>> = {
  browser: ["test/browser/{docs,quick-changes,workbench}.test.ts", "test/runtimes/runtimes.test.ts"],
  // The last two load the generator anew, which costs the files after them seconds.
  copies: [
    "test/recipes.test.ts",
    "test/import/end-to-end.test.ts",
    "test/generate/broken-source.test.ts",
    "test/watch/memo.test.ts",
  ],
  databases: [
    "test/sandbox/durability.test.ts",
    "test/sandbox/store/{administer,nginx,pgbouncer,postgres,replicas}.test.ts",
  ],
  packages: ["test/client/package.test.ts", "test/consumers/consumers.test.ts", "test/devkit/devkit.test.ts"],
};

/**
 * What `npm run test:quick` leaves out: what starts processes, a browser or a build, and what tries one thing on everything. CI runs them on
 * every push.
 */
const slow = [
  ...longest.filter((file) => !file.includes("/contract-lab/")),
  ...Object.values(beside).flat(),
  "test/browser/**",
  "test/cli/{mock,sandbox,start,streams,generate}.test.ts",
  "test/client/{hostile,signals,added-instance}.test.ts",
  "test/contract/{check-list,hostile,killed,sandboxes}.test.ts",
  "test/docs/differences-by-entry.test.ts",
  "test/docs/samples.test.ts",
  "test/mock/differences.test.ts",
  "test/generate/{generate,add-type,house-rules}.test.ts",
  "test/import/{command,mutations}.test.ts",
  "test/sandbox/differences.test.ts",
  "test/watch/**",
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

/** `--mode quick` and `--mode all` say how much is tried: test/scope.ts. A mode of `beside` tries what that names, and nothing else. */
export default defineConfig(({ mode }) => ({
  test: {
    include: [...(beside[mode] ?? ["test/**/*.test.ts"])],
    exclude: mode === "quick" ? slow : mode === "all" || mode in beside ? [] : Object.values(beside).flat(),
    env: mode === "quick" || mode === "all" ? { TESTS: mode } : {},
    globalSetup: "test/temporary-folder.ts",
    maxWorkers: "100%",
    // The files of a worker share what they import, which costs more than most of them. A file that changes a module or a global puts it back.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    // Against tests that hang. A slow or busy machine takes many times what a quick one does, and that is no failure.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } },
  },
}));
