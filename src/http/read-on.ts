import type { IncomingMessage, ServerResponse } from "node:http";

/** More than that of a body that nobody wants is not read. */
const mostBytes = 64 * 1024 * 1024;

/**
 * Lets a client read an answer that comes before its body was read, as refusals do. A connection that is closed while the client still sends
 * is reset, and the answer lost with it (RFC 9112, section 9.6). So the answer is sent at once, and the rest of the body is read and thrown
 * away before it ends. The server's bound on the time for a request holds meanwhile.
 */
export function readOnAtEnd(request: IncomingMessage, response: ServerResponse): void {
  const { "content-length": length, "transfer-encoding": encoding } = request.headers;
  if ((length === undefined || length === "0") && encoding === undefined) return;
  const end = response.end;
  response.end = ((...parameters: unknown[]) => {
    response.end = end;
    const finish = () => Reflect.apply(end, response, parameters) as ServerResponse;
    if (request.complete || request.destroyed) return finish();
    // All but the end of the answer: its length is in its headers. An answer to HEAD is nothing else, and `write` would keep it back.
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
