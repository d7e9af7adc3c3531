import { textsOf } from "./values.ts";

/**
 * A `multipart/form-data` body (RFC 7578) with one text part per property.
 *
 * Not the runtime's FormData: that turns every line end of a value into CR LF (so says the HTML standard), and a value must arrive as
 * it was written. The boundary is one that no value contains, so no value can end its part.
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
