import { textsOf } from "./values.ts";

/**
 * A `multipart/form-data` body (RFC 7578) with one text part per property.
 *
 * The runtime's FormData would turn every line end of a value into CR LF (the HTML standard demands it), but a value must arrive as
 * written. No value contains the boundary, so no value can end its part.
 *
 * @param datetimeFormat how a Date is written, in PHP's notation
 * @returns the body and its Content-Type
 * @throws {NotificationHandlersError} `invalid_argument`, naming the field, when a value cannot be sent
 */
export function multipart(values: unknown, datetimeFormat: string): [body: string, contentType: string] {
  const parts = textsOf(values, datetimeFormat);
  let boundary = "form";
  while (`${parts}`.includes(boundary)) boundary += Math.random();
  const body = parts.map(
    ([name, text]) =>
      `--${boundary}\r\nContent-Disposition: form-data; name="${encodeURIComponent(name)}"\r\n\r\n${text}\r\n`,
  );
  return [`${body.join("")}--${boundary}--\r\n`, `multipart/form-data; boundary=${boundary}`];
}
