import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from "node:http";
import type { Socket } from "node:net";
import { createHostGuard } from "./hosts.ts";
import { readOnAtEnd } from "./read-on.ts";
import { errorHeaders, errorsBody } from "./refusal.ts";
import { ignoreUpgrades } from "./upgrade.ts";

declare module "node:http" {
  interface IncomingMessage {
    /** When it arrived, by `performance.now()`. */
    arrived?: number;
  }
}

/** Limits for what a client may send. */
export interface Bounds {
  /** Largest body, in bytes. */
  readonly bodyBytes: number;
  /** Largest request line with headers, in bytes. */
  readonly headerBytes: number;
  /** How long a client may take to send a whole request, in milliseconds. */
  readonly requestMilliseconds: number;
}

/** The bounds of a server that is not given others. */
export const defaultBounds: Bounds = {
  bodyBytes: 1024 * 1024,
  headerBytes: 16 * 1024,
  requestMilliseconds: 30_000,
};

/** How long an idle connection is kept open, in milliseconds: Fastify's default, which is longer than that of common proxies. */
const keepAliveMilliseconds = 72_000;

/** How long a connection may stall, in milliseconds, even while a slow client reads an answer. */
const stallMilliseconds = 120_000;

/**
 * Node's HTTP server. It sends the errors body where Node would send no body (a request without Host, an unknown Expect), or no answer
 * (CONNECT). A request that offers an upgrade is treated as a plain request. `hosts`: the hosts that requests may be for, besides this
 * machine's loopback names.
 */
export function createHttpServer(
  listener: RequestListener,
  bounds: Omit<Bounds, "bodyBytes">,
  hosts: readonly string[] = [],
): Server {
  const { headerBytes, requestMilliseconds } = bounds;
  const hostProblem = createHostCheck(hosts);
  const options = {
    maxHeaderSize: headerBytes,
    headersTimeout: requestMilliseconds,
    requestTimeout: requestMilliseconds,
    keepAliveTimeout: keepAliveMilliseconds,
    // How often Node looks for requests that are too slow.
    connectionsCheckingInterval: Math.min(1000, requestMilliseconds),
    requireHostHeader: false,
  };
  const server = createServer(options, (request, response) => {
    request.arrived = performance.now();
    readOnAtEnd(request, response);
    const problem = hostProblem(request);
    if (problem === undefined) {
      listener(request, response);
      return;
    }
    const { status, title } = problem;
    const { body, headers } = messageOf(status, title);
    // The connection is kept: what a client has sent behind this would have it reset, and the answer lost with it (RFC 9112, section 9.6).
    response.writeHead(status, headers).end(body);
  });
  ignoreUpgrades(server);
  server.setTimeout(stallMilliseconds);
  // The size of headers is limited instead. Above 2,000 Node would drop the last ones, perhaps the key.
  server.maxHeadersCount = 0;
  server.on("checkExpectation", (_request, response) => {
    const { body, headers } = messageOf(417, "This server supports no expectation except 100-continue.");
    response.writeHead(417, headers).end(body);
  });
  server.on("checkContinue", (request, response) => {
    continueInTurn(response);
    server.emit("request", request, response);
  });
  server.on("connect", (_request, socket: Socket) => {
    // Node has removed its own listener: without this one a reset connection would end the process.
    socket.on("error", () => socket.destroy());
    // An empty Allow: no method is possible for the authority that CONNECT names (RFC 9110, section 10.2.1).
    const title = "CONNECT is not possible: this server is not a proxy.";
    endWith(socket, 405, "Method Not Allowed", title, { Allow: "" });
  });
  return server;
}

/**
 * Sends 100 Continue, so that the client sends its body. If an earlier request on the connection is still being answered, it waits for
 * that: Node would write it into the middle of the earlier answer.
 */
function continueInTurn(response: ServerResponse): void {
  const tell = () => {
    if (!response.headersSent) response.writeContinue();
  };
  if (response.socket === null) response.once("socket", tell);
  else tell();
}

/**
 * Checks a request's Host header (RFC 9112, section 3.2): missing with HTTP/1.1, repeated, not a host (RFC 3986, section 3.2.2), or
 * foreign. Undefined if it is fine.
 */
function createHostCheck(
  hosts: readonly string[],
): (request: IncomingMessage) => { readonly status: number; readonly title: string } | undefined {
  const isLetIn = createHostGuard(hosts);
  const malformed = (title: string) => ({ status: 400, title });
  // Clients send the same host again and again.
  let good = "";
  return ({ headers: { host }, rawHeaders, httpVersion }) => {
    if (host === undefined)
      return httpVersion === "1.1"
        ? malformed("There is no Host header, which HTTP/1.1 requires.")
        : undefined;
    let sent = 0;
    for (let index = 0; index < rawHeaders.length; index += 2) {
      const name = rawHeaders[index] as string;
      if (name.length === 4 && name.toLowerCase() === "host") sent += 1;
    }
    if (sent > 1) return malformed("There is more than one Host header.");
    if (host === good) return undefined;
    if (!/^(\[[\da-z.:]+\]|([\w.~!$&'()*+,;=-]|%[\da-f]{2})*)(:\d*)?$/i.test(host))
      return malformed("The Host header is not a host name or address.");
    if (!isLetIn(host)) {
      const name = host.length > 100 ? `${host.slice(0, 100)}…` : host;
      return {
        status: 403,
        title: `This server does not answer for the host ${name}, which a foreign page could have led here: --allow-host lets a name in.`,
      };
    }
    good = host;
    return undefined;
  };
}

/** Input that Node's HTTP parser refuses never becomes a request. The answer is written to the connection, which is then closed. */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  const [status, reason, title] = clientErrors[error.code ?? ""] ?? clientErrors.other;
  const { _httpMessage: answering } = socket as Socket & { _httpMessage?: ServerResponse };
  // Node reports it again for each piece that arrives after the first error.
  if (refused.has(socket)) return;
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
  } else if (answering?.req.complete === true) {
    // Invalid input arrived after a request that is still being answered: this answer must come after that one.
    refused.add(socket);
    answering.once("finish", () => endWith(socket, status, reason, title));
  } else if (answering?.headersSent === true) {
    // The request was answered before it was complete. What was written of the answer is still sent.
    socket.destroySoon();
  } else endWith(socket, status, reason, title);
}

type ClientError = readonly [status: number, reason: string, title: string];

const clientErrors: Record<string, ClientError> & { other: ClientError } = {
  HPE_HEADER_OVERFLOW: [
    431,
    "Request Header Fields Too Large",
    "The headers are larger than this server takes.",
  ],
  ERR_HTTP_REQUEST_TIMEOUT: [408, "Request Timeout", "The request was not sent whole in time."],
  other: [400, "Bad Request", "What was sent is not an HTTP/1.1 request."],
};

/** Writes an answer to a connection that Node has given up, and closes it. */
function endWith(
  socket: Socket,
  status: number,
  reason: string,
  title: string,
  more: Readonly<Record<string, string>> = {},
): void {
  const { body, headers } = messageOf(status, title);
  const fields = Object.entries({ ...headers, ...more, Connection: "close" }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  const head = [`HTTP/1.1 ${status} ${reason}`, ...fields].join("\r\n");
  refused.add(socket);
  socket.end(`${head}\r\n\r\n${body}`);
  if (socket.readableEnded) {
    socket.once("finish", () => socket.destroy());
    return;
  }
  // Closing a connection while the client still sends would reset it, and the answer would be lost (RFC 9112, section 9.6).
  const late = setTimeout(() => socket.destroy(), lingerMilliseconds).unref();
  socket.once("end", () => socket.destroySoon());
  socket.once("close", () => clearTimeout(late));
  socket.resume();
}

/** How long further input is discarded after the last answer, in milliseconds. */
const lingerMilliseconds = 1000;

/** Connections that have their last answer, or get it after the one that is being written. */
const refused = new WeakSet<Socket>();

function messageOf(status: number, title: string): { body: string; headers: Record<string, string> } {
  const body = errorsBody(status, [title]);
  const headers = {
    "Content-Type": "application/json; charset=utf-8",
    "Content-Length": String(Buffer.byteLength(body)),
    "Access-Control-Allow-Origin": "*",
    ...errorHeaders,
  };
  return { body, headers };
}
