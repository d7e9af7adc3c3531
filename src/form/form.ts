import { FormError } from "./errors.ts";
import { defaultLimits, type FormLimits, multipart, urlencoded } from "./limits.ts";
import { boundaryOf, parseMultipart } from "./multipart.ts";
import { type ParameterizedValue, parseParameters } from "./parameters.ts";
import type { Form } from "./types.ts";
import { parseUrlencoded } from "./urlencoded.ts";

/**
 * Parses a complete form body. Values are exactly the UTF-8 that was sent. Throws FormError, and nothing else, for everything that is not
 * an acceptable form.
 */
export function parseForm(
  contentType: string | undefined,
  body: Buffer,
  limits: Partial<FormLimits> = {},
): Form {
  const all = { ...defaultLimits, ...limits };
  const header = checkMediaType(contentType, body, all);
  if (body.length === 0)
    throw new FormError("empty", `The body is empty, but a form (${header.value}) is expected.`);
  return header.value === multipart
    ? parseMultipart(boundaryOf(header), body, all)
    : parseUrlencoded(body, all);
}

function checkMediaType(
  contentType: string | undefined,
  body: Buffer,
  limits: FormLimits,
): ParameterizedValue {
  const wanted = limits.mediaTypes.join(" or ");
  if (contentType === undefined || contentType.trim() === "") {
    throw body.length === 0
      ? new FormError("empty", `The request has no body, but a form (${wanted}) is expected.`)
      : new FormError("media-type", `The request has no Content-Type, but must be ${wanted}.`);
  }
  const header = parseParameters(contentType);
  const known = header?.value === multipart || header?.value === urlencoded;
  if (header === undefined || !known || !limits.mediaTypes.includes(header.value)) {
    const sent = JSON.stringify(contentType.slice(0, 60));
    throw new FormError("media-type", `The body must be ${wanted}, but Content-Type says ${sent}.`);
  }
  return header;
}
