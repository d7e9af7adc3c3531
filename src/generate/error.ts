/** Why nothing could be generated, as one sentence that says what is wrong, where, and what to do. */
export class GenerateError extends Error {
  override name = "GenerateError";
}
