import { isUtf8 } from "node:buffer";
import type { Readable } from "node:stream";
import { Dicer } from "@fastify/busboy";
import { FormError } from "./errors.ts";
import type { Form, FormFile } from "./form.ts";
import { checkFieldCount, checkFieldSize, type FormLimits } from "./limits.ts";
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

const nothing = Buffer.alloc(0);

/** A part as the parser saw it. */
interface Part {
  readonly header: Readonly<Record<string, readonly string[]>> | undefined;
  readonly content: Buffer;
}

/**
 * Parses a whole multipart body. It builds on busboy's boundary and header parser, not on busboy itself, which
 * leaves out malformed parts without a word and decodes invalid UTF-8 with losses.
 *
 * What clients send: undici's and the browsers' FormData and `curl --form` give plain fields a Content-Disposition alone;
 * `curl --form 'a=b;type=application/json'` adds a Content-Type: the value stays text, but has to be the JSON that it is said to be.
 */
export async function parseMultipart(boundary: string, body: Buffer, limits: FormLimits): Promise<Form> {
  const parts = await splitParts(boundary, body, limits);
  const fields: [string, string][] = [];
  const files: FormFile[] = [];
  for (const [index, part] of parts.entries()) {
    const { name, filename, mediaType } = readHeader(part, index);
    const value = part.content;
    if (filename !== undefined) {
      if (!limits.acceptFiles) {
        throw new FormError("file", `Part ${index + 1} is a file, but this form takes text fields only.`);
      }
      files.push({ name, filename, mediaType, content: value });
      continue;
    }
    checkFieldSize(index, Buffer.byteLength(name), value.length, limits);
    if (!isUtf8(value)) {
      throw new FormError("encoding", `The value of field ${index + 1} is not valid UTF-8.`);
    }
    const text = value.toString("utf8");
    if (/^application\/json\b/i.test(mediaType) && !isJson(text)) {
      const message = `Part ${index + 1} of the form is said to be JSON (Content-Type), and is none.`;
      throw new FormError("malformed-part", message);
    }
    fields.push([name, text]);
  }
  return { fields, files };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

async function splitParts(boundary: string, body: Buffer, limits: FormLimits): Promise<Part[]> {
  const streams: { readonly content: Readable; header: Part["header"] }[] = [];
  let seen = 0;
  let finished = false;
  let broken = false;
  const dicer = new Dicer({ boundary });
  dicer.on("finish", () => {
    finished = true;
  });
  dicer.on("error", () => {
    broken = true;
  });
  dicer.on("part", (stream) => {
    seen += 1;
    stream.on("error", () => {
      broken = true;
    });
    if (seen > limits.fields) {
      stream.resume();
      return;
    }
    const part: (typeof streams)[number] = { header: undefined, content: stream };
    streams.push(part);
    stream.on("header", (header) => {
      part.header = header as Part["header"];
    });
  });
  dicer.end(body);
  // The parser has seen it all now; each part's content is taken at once, not as it flows.
  const parts = streams.map(({ header, content }) => ({
    header,
    content: (content.read() as Buffer | null) ?? nothing,
  }));

  // The whole body is there already, so that the parser's streams only wait for each other, on the queue of next ticks. That
  // queue is empty before the event loop goes on: what has not ended by then never will, and is a broken body.
  await new Promise((resolve) => setImmediate(resolve));

  checkFieldCount(seen, limits);
  const whole = finished && !broken;
  if (!whole && seen === 0) {
    throw new FormError("boundary", "The body does not contain the boundary that Content-Type names.");
  }
  const headless = parts.findIndex((part) => part.header === undefined);
  if (headless !== -1 && (whole || headless < parts.length - 1)) {
    const message = `Part ${headless + 1} of the form has no blank line between its headers and its value.`;
    throw new FormError("malformed-part", message);
  }
  if (!whole) throw new FormError("truncated", "The form ends before its closing boundary.");
  return parts;
}

function readHeader(
  part: Part,
  index: number,
): { name: string; filename: string | undefined; mediaType: string } {
  const malformed = (what: string) =>
    new FormError("malformed-part", `Part ${index + 1} of the form ${what}.`);
  const raw = part.header?.["content-disposition"];
  if (raw?.length !== 1) throw malformed("has no Content-Disposition header, or more than one");
  const disposition = parseParameters(raw[0] ?? "");
  if (disposition?.value !== "form-data") throw malformed("has a Content-Disposition that is not form-data");
  const [name, ...more] = valuesOf(disposition, "name");
  if (name === undefined || more.length > 0) throw malformed("has no name, or more than one");
  const filename = valuesOf(disposition, "filename")[0] ?? valuesOf(disposition, "filename*")[0];
  return {
    name: decodeName(name, index),
    filename: filename === undefined ? undefined : decodeName(filename, index),
    mediaType: part.header?.["content-type"]?.[0] ?? "text/plain",
  };
}

/** The header parser hands out bytes as characters; browsers and undici escape quotes and line breaks in names (WHATWG HTML). */
function decodeName(raw: string, index: number): string {
  if (/^[\x20-\x24\x26-\x7e]*$/.test(raw)) return raw;
  const bytes = Buffer.from(raw, "latin1");
  if (!isUtf8(bytes)) throw new FormError("encoding", `The name of field ${index + 1} is not valid UTF-8.`);
  return bytes.toString("utf8").replaceAll("%22", '"').replaceAll("%0D", "\r").replaceAll("%0A", "\n");
}
