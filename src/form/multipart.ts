import { isUtf8 } from "node:buffer";
import { FormError } from "./errors.ts";
import { checkFieldSize, type FormLimits, tooManyFields } from "./limits.ts";
import { type ParameterizedValue, parseParameters, valuesOf } from "./parameters.ts";
import type { Form } from "./types.ts";

/**
 * The boundary that a Content-Type names. Throws FormError if there is none, more than one, or one that is longer than RFC 2046 allows (70
 * characters).
 */
export function boundaryOf(contentType: ParameterizedValue): string {
  const [boundary, ...more] = valuesOf(contentType, "boundary");
  if (boundary === undefined || boundary === "") {
    const message = "Content-Type names no boundary: let the client that builds the form set this header.";
    throw new FormError("boundary", message);
  }
  if (more.length > 0) throw new FormError("boundary", "Content-Type names more than one boundary.");
  if (!/^[\x20-\x7e]{1,70}$/.test(boundary)) {
    throw new FormError(
      "boundary",
      "The boundary in Content-Type must be 1 to 70 printable ASCII characters.",
    );
  }
  return boundary;
}

/**
 * Parses a complete multipart body (RFC 7578; RFC 2046, section 5.1) strictly. Servers disagree about malformed bodies (where a part ends,
 * which header counts), so they are refused, and no field is lost or made up. So are files: no form of the API has one.
 *
 * What clients send: undici's and the browsers' FormData and `curl --form` give plain fields only a Content-Disposition. `curl --form
 * 'a=b;type=application/json'` adds a Content-Type: the value stays text, but must be valid JSON.
 */
export function parseMultipart(boundary: string, body: Buffer, limits: FormLimits): Form {
  const fields: [string, string][] = [];
  for (const part of splitParts(boundary, body)) {
    if (fields.length === limits.fields) throw tooManyFields(limits);
    fields.push(readPart(part, fields.length, limits));
  }
  return { fields };
}

/** A part of the body. Its headers are without the blank line after them. */
interface Part {
  readonly headers: Buffer;
  readonly content: Buffer;
}

const blank = " ".charCodeAt(0);
const tab = "\t".charCodeAt(0);

/** Splits a body at its delimiters. Each is a line of its own: `--boundary`, the last one `--boundary--`. */
function* splitParts(boundary: string, body: Buffer): Generator<Part> {
  const dashes = Buffer.from(`--${boundary}`);
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  const afterLineFeed = Buffer.from(`\n--${boundary}`);
  const hasLineEnd = (at: number) => body[at] === 13 && body[at + 1] === 10;
  const afterBlanks = (at: number) => {
    let end = at;
    while (body[end] === blank || body[end] === tab) end += 1;
    return end;
  };
  const truncated = () => new FormError("truncated", "The form ends before its closing boundary.");
  const malformed = (what: string) => new FormError("malformed-part", what);

  // Text before it is a preamble, for old mail readers (RFC 2046, section 5.1.1).
  const first = body.indexOf(dashes);
  if (first === -1) {
    throw new FormError("boundary", "The body does not contain the boundary that Content-Type names.");
  }
  if (first > 0 && !(first > 1 && hasLineEnd(first - 2))) {
    throw malformed("The form's first boundary is not at the beginning of a line.");
  }
  let at = first + dashes.length;
  for (let number = 1; ; number += 1) {
    const closes = body[at] === 45 && body[at + 1] === 45;
    const end = afterBlanks(closes ? at + 2 : at);
    if (closes && (end === body.length || hasLineEnd(end))) {
      // Text after it is an epilogue. Parts in it would be lost.
      if (!body.includes(dashes, end)) return;
      throw malformed("The form continues after its closing boundary.");
    }
    if (!hasLineEnd(end)) {
      if (body.length - at < 2 || end === body.length) throw truncated();
      throw malformed(
        `Boundary ${number} of the form is not a line of its own: a value must not contain the boundary.`,
      );
    }
    const start = end + 2;
    const next = body.indexOf(delimiter, start - 2);
    const blankLine = body.indexOf("\r\n\r\n", start - 2);
    if (blankLine === -1 || (next !== -1 && blankLine >= next)) {
      if (next === -1) throw truncated();
      throw malformed(`Part ${number} of the form has no blank line between its headers and its value.`);
    }
    const value = blankLine + 4;
    const close = next >= value ? next : body.indexOf(delimiter, value);
    if (close === -1) throw truncated();
    const content = body.subarray(value, close);
    // Lenient parsers accept other line ends, and would end the value there.
    if (content.indexOf(dashes) === 0 || content.includes(afterLineFeed)) {
      throw malformed(`The value of part ${number} of the form has the boundary at the beginning of a line.`);
    }
    yield { headers: body.subarray(start, Math.max(start, blankLine)), content };
    at = close + delimiter.length;
  }
}

/** The name and the value of a part. `index`: from 0. */
function readPart(
  { headers, content }: Part,
  index: number,
  limits: FormLimits,
): [name: string, value: string] {
  const { name, isFile, mediaType } = readHeaders(headers, index);
  if (isFile) {
    const field = JSON.stringify(name.length > 60 ? `${name.slice(0, 60)}…` : name);
    throw new FormError("file", `Field ${field} is a file, but this form takes text fields only.`);
  }
  checkFieldSize(index, Buffer.byteLength(name), content.length, limits);
  if (!isUtf8(content)) {
    throw new FormError("encoding", `The value of field ${index + 1} is not valid UTF-8.`);
  }
  const text = content.toString("utf8");
  if (/^application\/json\b/i.test(mediaType) && !isJson(text)) {
    const message = `Part ${index + 1} of the form declares JSON (Content-Type) but is not valid JSON.`;
    throw new FormError("malformed-part", message);
  }
  return [name, text];
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** One header line (RFC 9110, section 5.5): a token, a colon, and a value, without folding or line ends. */
const headerLine = /^([\w!#$%&'*+.^`|~-]+):[ \t]*([^\r\n]*)$/;

/** Encodings that leave the bytes unchanged. RFC 7578, section 4.7, forbids all others. */
const identities = /^(7bit|8bit|binary)[ \t]*$/i;

function readHeaders(bytes: Buffer, index: number): { name: string; isFile: boolean; mediaType: string } {
  const malformed = (what: string) =>
    new FormError("malformed-part", `Part ${index + 1} of the form ${what}.`);
  if (!isUtf8(bytes)) {
    throw new FormError("encoding", `The headers of part ${index + 1} of the form are not valid UTF-8.`);
  }
  let disposition: ParameterizedValue | undefined;
  let mediaType = "text/plain";
  for (const line of bytes.toString("utf8").split("\r\n")) {
    const [, header, value = ""] = headerLine.exec(line) ?? [];
    switch (header?.toLowerCase()) {
      case undefined:
        throw malformed(line === "" ? "has no Content-Disposition header" : "has an invalid header line");
      case "content-disposition":
        if (disposition !== undefined) throw malformed("has more than one Content-Disposition header");
        disposition = parseParameters(value);
        if (disposition?.value !== "form-data") {
          throw malformed('has a Content-Disposition that is not of the form: form-data; name="..."');
        }
        break;
      case "content-type":
        mediaType = value;
        break;
      case "content-transfer-encoding":
        if (!identities.test(value))
          throw malformed("has a Content-Transfer-Encoding, which forms must not have");
    }
  }
  if (disposition === undefined) throw malformed("has no Content-Disposition header");
  const [name, ...more] = valuesOf(disposition, "name");
  if (name === undefined || more.length > 0) throw malformed("has no name, or more than one");
  // Also `filename*`, and its continuations of RFC 2231.
  const isFile = disposition.parameters.some(([parameter]) => /^filename(\*|$)/.test(parameter));
  return { name: decodeName(name), isFile, mediaType };
}

/** Undoes the escapes of browsers and undici for quotes and line breaks (WHATWG HTML). */
function decodeName(name: string): string {
  return name.includes("%")
    ? name.replaceAll("%22", '"').replaceAll("%0D", "\r").replaceAll("%0A", "\n")
    : name;
}
