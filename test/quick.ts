import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/*
 * `npm run test:quick`: the tests of what has changed since the last commit, by what they import, and by this table of what they read. Files
 * after `--` are tried instead.
 */

/** What tests read without importing it, by the beginning of its path, and the tests that notice a change of it soonest. */
const readers: readonly (readonly [start: string, ...tests: readonly string[]])[] = [
  [
    "openapi/",
    "test/generate/fresh.test.ts",
    "test/generate/statements.test.ts",
    "test/docs/translations.test.ts",
    "test/description/bundles.test.ts",
  ],
  ["redocly.yaml", "test/generate/fresh.test.ts", "test/generate/facts.test.ts", "test/import/kept.test.ts"],
  ["redocly.yaml", "test/contract-names.test.ts"],
  ["pages/", "test/import/kept.test.ts"],
  ["src/redocly-plugin/", "test/generate/fresh.test.ts"],
  ["generated/", "test/generate/fresh.test.ts"],
  // Claims name tests by their titles, and code by what it says.
  ["src/", "test/claims.test.ts", "test/contract-names.test.ts", "test/prose.test.ts"],
  ["test/", "test/claims.test.ts", "test/prose.test.ts", "test/scope.test.ts"],
  ["bench/", "test/claims.test.ts"],
  ["vitest.config.ts", "test/scope.test.ts"],
  ["docs/", "test/prose.test.ts", "test/claims.test.ts", "test/scope.test.ts"],
  ["docs/testing.md", "test/workflows.test.ts"],
  ["docs/scale.md", "test/sandbox/store/sql.test.ts"],
  ["docs/workbench.md", "test/devkit/samples.test.ts"],
  ["docs/figures", "test/bench/figures.test.ts"],
  ["README.md", "test/prose.test.ts", "test/claims.test.ts", "test/devkit/samples.test.ts"],
  ["openapi/README.md", "test/prose.test.ts", "test/claims.test.ts"],
  ["CONTRIBUTING.md", "test/prose.test.ts", "test/claims.test.ts"],
  ["CHANGELOG.md", "test/prose.test.ts"],
  [".github/", "test/workflows.test.ts"],
  // Only all tests can tell what a dependency changes.
  ["package.json", "test/package/manifest.test.ts", "test/prose.test.ts", "test/workflows.test.ts"],
  ["package-lock.json", "test/package/lock.test.ts", "test/package/manifest.test.ts"],
];

/**
 * Tests that import nearly everything and take long, and where a change has to be for them to be tried. A change in what all share
 * (`src/description`) is tried by the quick ones.
 */
const farReaching: readonly (readonly [tests: string, ...starts: readonly string[]])[] = [
  ["test/{contract,contract-lab}/**", "src/contract", "test/contract"],
  [
    "test/{mock/hostile,sandbox/hostile,sandbox/faults,client/servers}.test.ts",
    ...["mock/", "sandbox/", "client/", "form/", "http/"].flatMap((it) => [`src/${it}`, `test/${it}`]),
  ],
  [
    "test/{docs,diff,import}/**",
    ...["openapi/", "pages/", "docs/", "redocly.yaml"],
    ...["docs/", "diff/", "import/", "generate/", "redocly-plugin/"].flatMap((it) => [
      `src/${it}`,
      `test/${it}`,
    ]),
  ],
];

const root = fileURLToPath(new URL("../", import.meta.url));

/** The files that differ from the last commit, new and deleted ones included. */
function changedFiles(): string[] {
  const git = (...args: string[]) =>
    execFileSync("git", [...args, "-z"], { cwd: root, encoding: "utf8" })
      .split("\0")
      .filter((it) => it !== "");
  return [...git("diff", "HEAD", "--name-only"), ...git("ls-files", "--others", "--exclude-standard")];
}

/** What tells vitest to leave out the far-reaching tests that no changed file is near to. */
function leftOut(): string[] {
  return farReaching
    .filter(([, ...starts]) => !changed.some((file) => starts.some((start) => file.startsWith(start))))
    .flatMap(([pattern]) => ["--exclude", pattern]);
}

const asked = process.argv.slice(2);
const changed = asked.length > 0 ? [] : changedFiles();
const tests = readers.flatMap(([start, ...readBy]) =>
  changed.some((it) => it.startsWith(start)) ? readBy : [],
);
const there = changed.filter((it) => existsSync(join(root, it)));
if (asked.length === 0 && changed.length === 0) {
  console.log("Nothing has changed since the last commit.");
} else if (asked.length === 0 && there.length === 0 && tests.length === 0) {
  console.log(
    "No test is tried: files were only deleted. What still imports them, `npm run typecheck` names.",
  );
} else {
  const vitest = join(dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs");
  const what =
    asked.length > 0
      ? ["run", ...asked]
      : ["related", ...new Set([...there, ...tests]), "--run", "--passWithNoTests", ...leftOut()];
  const { status } = spawnSync(process.execPath, [vitest, ...what, "--mode", "quick"], {
    cwd: root,
    stdio: "inherit",
  });
  process.exitCode = status ?? 1;
}
