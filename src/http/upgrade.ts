import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";

/**
 * Serves a request that offers an upgrade as a plain one; RFC 9110, section 7.8, allows servers to ignore the offer. Node's parser stops at
 * such a request, and later requests on the connection would never be answered. So the request is parsed again without the offer, followed
 * by everything after it.
 */
export function ignoreUpgrades(server: Server): void {
  server.on("upgrade", (request, socket, behind) => {
    // Node has removed its own listener: without this one a reset connection would end the process.
    const fail = () => socket.destroy();
    socket.on("error", fail);
    const again = () => {
      // Answers must be in the order of the requests.
      const { _httpMessage: answering } = socket as Duplex & { _httpMessage?: ServerResponse | null };
      if (answering) {
        answering.once("close", again);
        return;
      }
      // Remaining writes may fail later, so the listener stays.
      if (socket.destroyed) return;
      socket.unshift(Buffer.concat([headOf(request), behind]));
      server.emit("connection", socket);
      socket.off("error", fail);
    };
    again();
  });
}

/** A request's head as received, without the offer. It is never longer, so it can't exceed a limit. */
function headOf({ method, url, httpVersion, rawHeaders }: IncomingMessage): Buffer {
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? "";
    const value = rawHeaders[index + 1] ?? "";
    if (/^upgrade$/i.test(name)) continue;
    const isConnection = /^connection$/i.test(name);
    lines.push(`${name}:${isConnection ? withoutUpgrade(value) : value}`);
  }
  return Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1");
}

function withoutUpgrade(value: string): string {
  return value
    .split(",")
    .filter((option) => option.trim().toLowerCase() !== "upgrade")
    .join(",");
}
