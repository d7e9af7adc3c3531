/** A room of `src/` whose tests are held against faults in its code. */
export interface Room {
  /** The tests that are to notice a fault: those that start no process, which would run the code as it is. */
  readonly tests: readonly string[];
  /** The share of the faults, in percent, that the tests notice at least. A few points below what they did when it was written. */
  readonly floor: number;
}

export const rooms: Readonly<Record<string, Room>> = {
  client: {
    tests: [
      "test/client/{errors,forms,mask,middleware,pages,requests,retry,robust}.test.ts",
      "test/client/servers.test.ts",
    ],
    floor: 0,
  },
  description: { tests: ["test/description/**/*.test.ts"], floor: 0 },
  form: { tests: ["test/form/**/*.test.ts"], floor: 0 },
  import: { tests: ["test/import/{entry-text,fetch-page,names,read}.test.ts"], floor: 0 },
};
