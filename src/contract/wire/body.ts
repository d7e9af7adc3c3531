/** The longest answer that is read, in bytes after decompression: ten times a page of 1,000 handlers. */
export const longestBody = 8 * 1024 * 1024;

/** An answer's body is longer than anyone should have to read. */
export class BodyTooLargeError extends Error {}

/** Reads a body to its end, or throws BodyTooLargeError as soon as it is longer than the limit. */
export async function readBody(response: Response, limit = longestBody): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = response.body?.getReader();
  while (reader !== undefined) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.byteLength;
    if (length > limit) {
      await reader.cancel().catch(() => undefined);
      throw new BodyTooLargeError(`The answer is longer than ${limit} bytes; the rest was not read.`);
    }
    chunks.push(value);
  }
  return Buffer.concat(chunks, length);
}

export interface Parsed {
  readonly text: string;
  readonly json: unknown;
  readonly unreadable: string | undefined;
}

/** A body as JSON. JSON between systems is UTF-8, without exception (RFC 8259, section 8.1). */
export function parseBody(bytes: Uint8Array): Parsed {
  if (bytes.byteLength === 0) return { text: "", json: undefined, unreadable: undefined };
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return {
      text: Buffer.from(bytes).toString("latin1"),
      json: undefined,
      unreadable: "its bytes are not UTF-8",
    };
  }
  try {
    return { text, json: JSON.parse(text), unreadable: undefined };
  } catch (error) {
    const cut = /end of JSON|Unterminated/i.test((error as Error).message);
    return { text, json: undefined, unreadable: cut ? "it ends in the middle" : "it does not parse" };
  }
}
