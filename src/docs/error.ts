/** The docs can't be built because of something that a person can fix. The message says what, where, and what to do. */
export class DocsError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "DocsError";
  }
}
