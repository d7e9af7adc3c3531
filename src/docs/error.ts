/** The docs can't be built, for a reason that a person can mend; the message says what, where, and what to do. */
export class DocsError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "DocsError";
  }
}
