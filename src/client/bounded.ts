import { NotificationHandlersError, type RequestContext } from "./errors.ts";

type Chunk = ReadableStreamReadResult<Uint8Array>;

/**
 * Reads a body chunk by chunk, and fails when it is larger than allowed. It counts the bytes after decompression: `Content-Length` counts
 * those before, and browsers hide the encoding of other origins.
 *
 * @returns the reader, and the function that reads the next chunk; undefined if there is no body, or no stream of it
 */
function boundedReader(response: Response, limit: number, context: RequestContext) {
  const reader = response.body?.getReader?.();
  let size = 0;
  return (
    reader && {
      reader,
      async read(): Promise<Chunk> {
        const chunk = await reader.read();
        size += chunk.value?.byteLength ?? 0;
        if (size <= limit) return chunk;
        reader.cancel().catch(() => {});
        const message = `the answer is larger than maxResponseSize, ${limit} bytes`;
        throw new NotificationHandlersError("too_large", message, context);
      },
    }
  );
}

/**
 * The text of an answer's body. Never more than the limit is held in memory.
 *
 * @throws {NotificationHandlersError} `too_large`
 */
export async function readText(response: Response, limit: number, context: RequestContext): Promise<string> {
  const body = boundedReader(response, limit, context);
  if (!body) return response.text();
  const decoder = new TextDecoder();
  let text = "";
  for (;;) {
    const { done, value } = await body.read();
    if (done) return text + decoder.decode();
    text += decoder.decode(value, { stream: true });
  }
}

/**
 * The answer, with a body that fails with `too_large` at the limit, whoever reads it. This takes a third of a call's time, so it is only
 * for bodies that others read.
 */
export function bounded(response: Response, limit: number, context: RequestContext): Response {
  const body = boundedReader(response, limit, context);
  if (!body) return response;
  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await body.read();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: (reason) => body.reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
  // A constructed Response has no URL.
  return Object.defineProperty(new Response(stream, response), "url", { value: response.url });
}
