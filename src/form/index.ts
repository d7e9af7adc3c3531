/**
 * Form bodies (`multipart/form-data`, `application/x-www-form-urlencoded`) as name and value pairs, or one typed error,
 * whatever bytes come in.
 */
export { FormError, type FormErrorReason } from "./errors.ts";
export { parseForm } from "./form.ts";
export { defaultLimits, type FormLimits, multipart, urlencoded } from "./limits.ts";
export { type ParameterizedValue, parseParameters, valuesOf } from "./parameters.ts";
export type { Form, FormFile } from "./types.ts";
export { readPairs } from "./urlencoded.ts";
