import { fstatSync, readFileSync, type Stats, statSync } from "node:fs";
import { refuseLarge } from "./decode.ts";
import { ImportError } from "./error.ts";

/**
 * The bytes of a file. One that is too large is not read.
 *
 * @throws {ImportError} when it is no file, can't be read, or is too large
 */
export function readFile(path: string): Uint8Array {
  try {
    const stats = statSync(path);
    refuseFolder(stats);
    if (!stats.isFile()) throw new ImportError("It is not a file.");
    refuseLarge(stats.size);
    return readFileSync(path);
  } catch (error) {
    throw unreadable(error);
  }
}

/**
 * The bytes of standard input.
 *
 * @throws {ImportError} when it is a folder, can't be read, or is too large
 */
export async function readStandardInput(): Promise<Uint8Array> {
  // Node's stream of a folder is empty, without an error.
  refuseFolder(fstatSync(0));
  return await readStream(process.stdin);
}

/**
 * The bytes of a stream, such as standard input. Reading stops as soon as they are too many: a stream may have no end.
 *
 * @throws {ImportError} when it can't be read, or is too large
 */
export async function readStream(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of stream) {
      size += chunk.length;
      refuseLarge(size);
      chunks.push(chunk);
    }
  } catch (error) {
    throw unreadable(error);
  }
  return Buffer.concat(chunks);
}

function refuseFolder(stats: Stats): void {
  if (stats.isDirectory()) throw new ImportError("It is a folder, not a file.");
}

function unreadable(error: unknown): ImportError {
  if (error instanceof ImportError) return error;
  const { code } = error as NodeJS.ErrnoException;
  return new ImportError(code === "ENOENT" ? "There is no such file." : `It can't be read (${code}).`, {
    cause: error,
  });
}
