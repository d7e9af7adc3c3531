import { detect } from "chardet";
import { ImportError } from "./error.ts";

/** The largest page that is read, in bytes: fifty times the size of the largest known one. */
export const maxBytes = 5 * 2 ** 20;

/**
 * The text of a page in any encoding: by its byte order mark, by the encoding that a header or the page names, as UTF-8 if it is valid,
 * otherwise guessed from its bytes.
 *
 * @param named the encoding that an HTTP header names
 * @throws {ImportError} if it is too large, or not text
 */
export function decode(bytes: Uint8Array, named?: string): string {
  refuseLarge(bytes.length);
  const text = tryDecode(bytes, markOf(bytes) ?? named) ?? tryDecode(bytes, utf16(bytes));
  const found = text ?? tryDecode(bytes, namedIn(bytes)) ?? tryDecode(bytes, "utf-8") ?? guessed(bytes);
  if (found === undefined || isBinary(found)) {
    throw new ImportError("It is not text: give the page as HTML, Markdown or text.");
  }
  return found;
}

/** Throws ImportError for a page of so many bytes if it is too large. */
export function refuseLarge(bytes: number): void {
  if (bytes <= maxBytes) return;
  throw new ImportError(
    `It has more than ${maxBytes / 2 ** 20} MiB: no documentation page is that large. Save only the page itself.`,
  );
}

function tryDecode(bytes: Uint8Array, encoding: string | undefined): string | undefined {
  if (encoding === undefined) return undefined;
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function markOf([one, two, three]: Uint8Array): string | undefined {
  if (one === 0xef && two === 0xbb && three === 0xbf) return "utf-8";
  if (one === 0xff && two === 0xfe) return "utf-16le";
  return one === 0xfe && two === 0xff ? "utf-16be" : undefined;
}

/** UTF-16 without a byte order mark: every other byte of ASCII text is 0. */
function utf16(bytes: Uint8Array): string | undefined {
  const start = bytes.subarray(0, 2000);
  const zeros = [0, 0];
  for (const [index, byte] of start.entries()) if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (odd > start.length / 8 && even < odd / 8) return "utf-16le";
  return even > start.length / 8 && odd < even / 8 ? "utf-16be" : undefined;
}

/** The encoding that HTML or XML names. */
function namedIn(bytes: Uint8Array): string | undefined {
  const start = new TextDecoder("latin1").decode(bytes.subarray(0, 4096));
  return /(?:charset|encoding)\s*=\s*["']?\s*([\w-]{2,40})/i.exec(start)?.[1];
}

function guessed(bytes: Uint8Array): string | undefined {
  // Only bytes beyond ASCII tell encodings apart, so only lines with such bytes are used.
  return tryDecode(bytes, detect(telling(bytes)) ?? "windows-1252") ?? tryDecode(bytes, "windows-1252");
}

function telling(bytes: Uint8Array): Uint8Array {
  const parts: number[] = [];
  for (let at = 0; at < bytes.length && parts.length < 20_000; at++) {
    const byte = bytes[at] ?? 0;
    if (byte >= 0x80 || byte === 0x20) parts.push(byte);
  }
  return Uint8Array.from(parts);
}

/** Control characters that no text contains. */
function isBinary(text: string): boolean {
  const start = text.slice(0, 100_000);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is looked for.
  const controls = start.match(/[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]/g)?.length ?? 0;
  return controls > 10 && controls > start.length / 200;
}
