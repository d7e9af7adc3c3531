import { NotificationHandlersError, type Trace } from "./errors.ts";

/**
 * An answer whose body ends in an error when it is larger than allowed. What counts are the bytes that are read, so after
 * decompression; no more than that is ever held, whoever reads it.
 */
export function bounded(response: Response, limit: number, trace: Trace): Response {
  const reader = response.body?.getReader?.();
  if (!reader) return response;
  let size = 0;
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await reader.read();
        if (done) return controller.close();
        size += value.byteLength;
        if (size <= limit) return controller.enqueue(value);
        reader.cancel().catch(() => {});
        const message = `the answer is larger than maxResponseSize, ${limit} bytes`;
        throw new NotificationHandlersError("too_large", message, trace);
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
  // A response that is made has no URL.
  return Object.defineProperty(new Response(body, response), "url", { value: response.url });
}
