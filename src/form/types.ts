export interface FormFile {
  readonly name: string;
  readonly filename: string;
  readonly mediaType: string;
  readonly content: Buffer;
}

/** A parsed form. Any name is just a name: pairs, no object with a prototype. */
export interface Form {
  /** In the order sent; a repeated name stands there repeatedly. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly files: readonly FormFile[];
}
