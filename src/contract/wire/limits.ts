/**
 * What is read of an instance at most. An answer beyond is a finding, and no more of it is looked at: the work of a run has to be bounded by what
 * the contract can ask for, not by what an instance sends.
 */
export const limits = {
  /** Of an answer, in bytes after decompression: ten times a page of 1,000 handlers. */
  bytes: 8 * 1024 * 1024,
  /** Objects and lists within each other. The contract has four. */
  depth: 64,
  /** Objects, lists, texts and the like in one answer: six times a page of 1,000 handlers with four settings each. */
  values: 100_000,
  /** Of all answers of a run together, in characters; once more so much for the clean-up. */
  run: 32 * 1024 * 1024,
  /** So many characters are kept of an answer that is not looked at. */
  kept: 64 * 1024,
} as const;
