/** The contract can't be generated. The message is one sentence: what is wrong, where, and what to do. */
export class GenerateError extends Error {
  override name = "GenerateError";
}
