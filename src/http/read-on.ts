import type { IncomingMessage, ServerResponse } from "node:http";

/** How much of an unwanted body is read at most. */
const mostBytes = 64 * 1024 * 1024;

/**
 * Lets a client read an answer that is sent before its body was read, such as a refusal. Closing a connection while the client still sends
 * would reset it, and the answer would be lost (RFC 9112, section 9.6). So the answer is sent at once, and the rest of the body is read and
 * discarded before the answer ends. The server's time limit for requests still applies.
 */
export function readOnAtEnd(request: IncomingMessage, response: ServerResponse): void {
  const { "content-length": length, "transfer-encoding": encoding } = request.headers;
  if ((length === undefined || length === "0") && encoding === undefined) return;
  if (Number(length) > mostBytes) response.setHeader("connection", "close");
  const end = response.end;
  response.end = ((...parameters: unknown[]) => {
    response.end = end;
    const finish = () => Reflect.apply(end, response, parameters) as ServerResponse;
    if (request.complete || request.destroyed) return finish();
    // Sends everything except the end of the answer; its length is in its headers. An answer to HEAD has no body, and `write` would hold it
    // back.
    const [body] = parameters;
    const hasBody = typeof body === "string" || body instanceof Uint8Array;
    if (hasBody && request.method !== "HEAD") response.write(parameters.shift());
    else response.flushHeaders();
    readOn(request, (isWhole) => {
      finish();
      if (!isWhole) request.socket.destroySoon();
    });
    return response;
  }) as typeof end;
}

function readOn(request: IncomingMessage, then: (isWhole: boolean) => void): void {
  let bytes = 0;
  const stop = () => {
    request.off("data", count).off("end", stop).off("close", stop);
    then(request.complete);
  };
  const count = (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > mostBytes) stop();
  };
  request.on("data", count).on("end", stop).on("close", stop).resume();
}
