import { NotificationHandlersError, type Trace } from "./errors.ts";

type Chunk = ReadableStreamReadResult<Uint8Array>;

/**
 * Reads a body chunk by chunk, and ends in an error when it is larger than allowed. What counts are the bytes that are read, so after
 * decompression: `Content-Length` counts those before, and browsers hide the encoding of other origins.
 *
 * @returns the reader, and the function that reads the next chunk; undefined where there is no body, or no stream of it
 */
function boundedReader(response: Response, limit: number, trace: Trace) {
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
        throw new NotificationHandlersError("too_large", message, trace);
      },
    }
  );
}

/**
 * The text of an answer's body. No more than is allowed is ever held.
 *
 * @throws {NotificationHandlersError} `too_large`
 */
export async function readText(response: Response, limit: number, trace: Trace): Promise<string> {
  const body = boundedReader(response, limit, trace);
  if (!body) return response.text();
  const decoder = new TextDecoder();
  let text = "";
  for (;;) {
    const { done, value } = await body.read();
    if (done) return text + decoder.decode();
    text += decoder.decode(value, { stream: true });
  }
}

/** An answer whose body ends in that error, whoever reads it. It costs a third of a call, so it is for bodies that others read. */
export function bounded(response: Response, limit: number, trace: Trace): Response {
  const body = boundedReader(response, limit, trace);
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
  // A response that is made has no URL.
  return Object.defineProperty(new Response(stream, response), "url", { value: response.url });
}
