/** What is wrong with a form body, for programs. */
export type FormErrorReason =
  | "media-type"
  | "boundary"
  | "empty"
  | "truncated"
  | "malformed-part"
  | "too-many-fields"
  | "name-too-long"
  | "value-too-long"
  | "file"
  | "encoding";

/** A body that is not an acceptable form. The message is one sentence for the person who sent it and quotes no value. */
export class FormError extends Error {
  readonly reason: FormErrorReason;

  constructor(reason: FormErrorReason, message: string) {
    super(message);
    this.name = "FormError";
    this.reason = reason;
  }
}
