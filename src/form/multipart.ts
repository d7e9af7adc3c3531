import { isUtf8 } from "node:buffer";
import {
  MaxPartsExceededError,
  MultipartParseError,
  type MultipartPart,
  parseMultipart as splitParts,
} from "@remix-run/multipart-parser";
import { FormError } from "./errors.ts";
import type { Form, FormFile } from "./form.ts";
import { checkFieldSize, type FormLimits, tooManyFields } from "./limits.ts";
import { type ParameterizedValue, parseParameters, valuesOf } from "./parameters.ts";

/**
 * The boundary that a Content-Type names. Throws FormError when there is none, more than one, or one that is longer than
 * RFC 2046 allows (70 characters).
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
 * Parses a whole multipart body. The library finds the parts and their headers; what a header means is read here, more strictly: what
 * can't be understood is told to the sender, and is not left out.
 *
 * What clients send: undici's and the browsers' FormData and `curl --form` give plain fields a Content-Disposition alone;
 * `curl --form 'a=b;type=application/json'` adds a Content-Type: the value stays text, but has to be the JSON that it is said to be.
 */
export function parseMultipart(boundary: string, body: Buffer, limits: FormLimits): Form {
  const fields: [string, string][] = [];
  const files: FormFile[] = [];
  let index = 0;
  try {
    for (const part of splitParts(fromFirstDelimiter(boundary, body), {
      boundary,
      maxParts: limits.fields,
      maxHeaderSize: body.length,
      maxFileSize: body.length,
    })) {
      readPart(part, index, limits, fields, files);
      index += 1;
    }
  } catch (error) {
    throw error instanceof MultipartParseError ? formErrorOf(error, boundary, body, limits) : error;
  }
  return { fields, files };
}

/** What stands before the first delimiter is a preamble, for people with old mail readers (RFC 2046, section 5.1.1). */
function fromFirstDelimiter(boundary: string, body: Buffer): Buffer {
  const delimiter = `--${boundary}`;
  if (body.indexOf(delimiter) === 0) return body;
  const preamble = body.indexOf(`\r\n${delimiter}`);
  if (preamble !== -1) return body.subarray(preamble + 2);
  throw new FormError("boundary", "The body does not contain the boundary that Content-Type names.");
}

/** The parser's own errors: too many parts, or no end. */
function formErrorOf(
  error: MultipartParseError,
  boundary: string,
  body: Buffer,
  limits: FormLimits,
): FormError {
  if (error instanceof MaxPartsExceededError) return tooManyFields(limits);
  return body.includes(`\r\n--${boundary}--`)
    ? new FormError(
        "malformed-part",
        "A part of the form has no blank line between its headers and its value.",
      )
    : new FormError("truncated", "The form ends before its closing boundary.");
}

function readPart(
  part: MultipartPart,
  index: number,
  limits: FormLimits,
  fields: [string, string][],
  files: FormFile[],
): void {
  const { name, filename, mediaType } = readHeader(part, index);
  const content = Buffer.concat(part.content);
  if (filename !== undefined) {
    if (!limits.acceptFiles) {
      throw new FormError("file", `Part ${index + 1} is a file, but this form takes text fields only.`);
    }
    files.push({ name, filename, mediaType, content });
    return;
  }
  checkFieldSize(index, Buffer.byteLength(name), content.length, limits);
  if (!isUtf8(content)) {
    throw new FormError("encoding", `The value of field ${index + 1} is not valid UTF-8.`);
  }
  const text = content.toString("utf8");
  if (/^application\/json\b/i.test(mediaType) && !isJson(text)) {
    const message = `Part ${index + 1} of the form is said to be JSON (Content-Type), and is none.`;
    throw new FormError("malformed-part", message);
  }
  fields.push([name, text]);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function readHeader(
  part: MultipartPart,
  index: number,
): { name: string; filename: string | undefined; mediaType: string } {
  const malformed = (what: string) =>
    new FormError("malformed-part", `Part ${index + 1} of the form ${what}.`);
  const { "content-disposition": raw, "content-type": mediaType = "text/plain" } = headersOf(part, index);
  if (raw === undefined) throw malformed("has no Content-Disposition header");
  // Of two such headers the parser makes one, joined by a comma, which is not of the form either.
  const disposition = parseParameters(raw);
  if (disposition?.value !== "form-data") {
    throw malformed('has a Content-Disposition that is not of the form: form-data; name="..."');
  }
  const [name, ...more] = valuesOf(disposition, "name");
  if (name === undefined || more.length > 0) throw malformed("has no name, or more than one");
  const filename = valuesOf(disposition, "filename")[0] ?? valuesOf(disposition, "filename*")[0];
  return { name: decodeName(name), filename: filename && decodeName(filename), mediaType };
}

function headersOf(part: MultipartPart, index: number): MultipartPart["headers"] {
  try {
    return part.headers;
  } catch {
    throw new FormError("encoding", `The headers of part ${index + 1} of the form are not valid UTF-8.`);
  }
}

/** Browsers and undici escape quotes and line breaks in names (WHATWG HTML). */
function decodeName(name: string): string {
  return name.includes("%")
    ? name.replaceAll("%22", '"').replaceAll("%0D", "\r").replaceAll("%0A", "\n")
    : name;
}
