/**
 * Form bodies (`multipart/form-data`, `application/x-www-form-urlencoded`) as name and value pairs. Any bytes that are not such a form give
 * one typed error.
 */
export { FormError, type FormErrorReason } from "./errors.ts";
export { parseForm } from "./form.ts";
export { type FormLimits, urlencoded } from "./limits.ts";
export { readPairs } from "./urlencoded.ts";
