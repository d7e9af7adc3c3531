/** A folder of `src/` whose tests are held against mutants of its code. */
export interface Mutated {
  /** The tests that must kill them. They start no process, since a process would run the unchanged code. */
  readonly tests: readonly string[];
  /** The mutation score that it has at least, in percent: a few points below the one that was measured. Null where none was. */
  readonly floor: number | null;
}

export const folders: Readonly<Record<string, Mutated>> = {
  client: {
    tests: [
      "test/client/{errors,forms,mask,middleware,pages,requests,retry,servers,unexpected-values}.test.ts",
    ],
    floor: 85,
  },
  description: { tests: ["test/description/**/*.test.ts"], floor: 70 },
  form: { tests: ["test/form/**/*.test.ts"], floor: 82 },
  import: {
    tests: [
      "test/import/{condition,decode,entry-text,fetch-page,hostile,kept,mutations,names,read,report}.test.ts",
    ],
    floor: 30,
  },
};
