/** A parsed form. Its fields are pairs, since any name is possible, also `__proto__`. */
export interface Form {
  /** In the order sent. A repeated name appears several times. */
  readonly fields: readonly (readonly [name: string, value: string])[];
}
