import { FormError } from "./errors.ts";

export const multipart = "multipart/form-data";
export const urlencoded = "application/x-www-form-urlencoded";

/** What forms are accepted. Sizes are in bytes of UTF-8. */
export interface FormLimits {
  /** Accepted media types. */
  readonly mediaTypes: readonly string[];
  readonly fields: number;
  readonly nameBytes: number;
  readonly valueBytes: number;
}

export const defaultLimits: FormLimits = {
  mediaTypes: [multipart, urlencoded],
  fields: 100,
  nameBytes: 64 * 1024,
  valueBytes: 64 * 1024,
};

export function tooManyFields({ fields }: FormLimits): FormError {
  return new FormError("too-many-fields", `The form has more than ${fields} fields.`);
}

/** Throws FormError for a field that is too large. `index`: from 0. */
export function checkFieldSize(
  index: number,
  nameBytes: number,
  valueBytes: number,
  limits: FormLimits,
): void {
  if (nameBytes > limits.nameBytes) {
    const message = `The name of field ${index + 1} is longer than ${limits.nameBytes} bytes.`;
    throw new FormError("name-too-long", message);
  }
  if (valueBytes > limits.valueBytes) {
    const message = `The value of field ${index + 1} is longer than ${limits.valueBytes} bytes.`;
    throw new FormError("value-too-long", message);
  }
}
