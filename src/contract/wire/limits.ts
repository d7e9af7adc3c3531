/**
 * How much is read from an instance. An answer beyond these limits is a finding, and is not examined further: the work of a run must be
 * bounded by what the contract can ask for, not by what an instance sends.
 */
export const limits = {
  /** Bytes of an answer after decompression: ten times a page of 1,000 handlers. */
  bytes: 8 * 1024 * 1024,
  /** Nesting of objects and lists. The contract has four levels. */
  depth: 64,
  /** Objects, lists, strings and other values in one answer: six times a page of 1,000 handlers with four settings each. */
  values: 100_000,
  /** Characters of all answers of a run together. The clean-up may read the same amount again. */
  run: 32 * 1024 * 1024,
  /** How many characters are kept of an answer that is not examined. */
  kept: 64 * 1024,
} as const;
