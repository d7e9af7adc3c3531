/** A folder of `src/` whose tests are held against mutants of its code. */
export interface Mutated {
  /**
   * The tests that must kill them, the quick ones first. What they start as a process runs the unchanged code, so tests that do nothing else
   * are left out.
   */
  readonly tests: readonly string[];
  /** The mutation score that it has at least, in percent: a few points below the one that was measured. Null where none was. */
  readonly floor: number | null;
  /**
   * Whether mutants of what a module computes when it loads are left out: each takes all tests in a process of its own. The import has thousands,
   * of its tables and patterns, and tests that take half a minute.
   */
  readonly ignoresStatic?: boolean;
}

export const folders: Readonly<Record<string, Mutated>> = {
  client: {
    tests: [
      "test/client/{errors,forms,large-answers,mask,middleware,pages,requests,retry,servers,signals,unexpected-values}.test.ts",
    ],
    floor: 83,
  },
  description: { tests: ["test/description/**/*.test.ts"], floor: 65 },
  form: { tests: ["test/form/**/*.test.ts"], floor: 82 },
  import: {
    tests: [
      "test/import/condition.test.ts",
      "test/import/values.test.ts",
      "test/import/labels.test.ts",
      "test/import/candidate.test.ts",
      "test/import/differences.test.ts",
      "test/import/judge.test.ts",
      "test/import/entry.test.ts",
      "test/import/html.test.ts",
      "test/import/decode.test.ts",
      "test/import/guess-language.test.ts",
      "test/import/entry-text.test.ts",
      "test/import/kept.test.ts",
      "test/import/all-or-nothing.test.ts",
      "test/import/register-pages.test.ts",
      "test/import/refused.test.ts",
      "test/import/incomplete.test.ts",
      "test/import/names.test.ts",
      "test/import/registered.test.ts",
      "test/import/report.test.ts",
      "test/import/fetch-page.test.ts",
      "test/import/read.test.ts",
      "test/import/mutations.test.ts",
    ],
    floor: 55,
    ignoresStatic: true,
  },
};
