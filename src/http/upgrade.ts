import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";

/**
 * Serves a request that offers to upgrade as a plain one (RFC 9110, section 7.8: a server may ignore the offer). Node's parser ends at such
 * a request, and what a client has sent behind it would never be answered: so the request is parsed again without the offer, and all
 * that is behind it is parsed after it.
 */
export function passOverUpgrades(server: Server): void {
  server.on("upgrade", (request, socket, behind) => {
    // Node has taken its own listener off: a connection that is reset would end the process.
    const fail = () => socket.destroy();
    socket.on("error", fail);
    const again = () => {
      // Answers come in the order of the requests.
      const { _httpMessage: answering } = socket as Duplex & { _httpMessage?: ServerResponse | null };
      if (answering) {
        answering.once("close", again);
        return;
      }
      // What was still to be written may fail later: the listener stays.
      if (socket.destroyed) return;
      socket.unshift(Buffer.concat([headOf(request), behind]));
      server.emit("connection", socket);
      socket.off("error", fail);
    };
    again();
  });
}

/** A request's head as it came, but for the offer; never longer, so that no bound is passed by it. */
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
