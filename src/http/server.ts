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
import { errorsBody, sealed } from "./refusal.ts";
import { passOverUpgrades } from "./upgrade.ts";

declare module "node:http" {
  interface IncomingMessage {
    /** When it came, as `performance.now()` counts. */
    arrived?: number;
  }
}

/** Bounds on what a client may send. */
export interface Bounds {
  /** Largest body, in bytes. */
  readonly bodyBytes: number;
  /** Largest request line with headers, in bytes. */
  readonly headerBytes: number;
  /** How long a client may take to send a whole request, in milliseconds. */
  readonly requestMilliseconds: number;
}

export const defaultBounds: Bounds = {
  bodyBytes: 1024 * 1024,
  headerBytes: 16 * 1024,
  requestMilliseconds: 30_000,
};

/** How long a connection without a request is kept: Fastify's default, which outlasts the usual proxies. In milliseconds. */
const keepAliveMilliseconds = 72_000;

/** How long nothing may move on a connection, not even the answer to a client that reads slowly. In milliseconds. */
const stallMilliseconds = 120_000;

/**
 * Node's HTTP server, with an answer in the errors body where Node has one without a body (a request without Host, an
 * unknown Expect) or none (CONNECT). A request that offers to upgrade is a plain request. `hosts`: what requests may be for, next to this
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
    // Node looks for requests that are too slow at this interval.
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
  passOverUpgrades(server);
  server.setTimeout(stallMilliseconds);
  // Their bytes are counted. Of more than 2,000 Node would leave the last ones out, the key among them.
  server.maxHeadersCount = 0;
  server.on("checkExpectation", (_request, response) => {
    const { body, headers } = messageOf(417, "This server expects nothing but 100-continue.");
    response.writeHead(417, headers).end(body);
  });
  server.on("checkContinue", (request, response) => {
    continueInTurn(response);
    server.emit("request", request, response);
  });
  server.on("connect", (_request, socket: Socket) => {
    // Node has taken its own listener off: a connection that is reset would end the process.
    socket.on("error", () => socket.destroy());
    // An empty Allow: no method at all is possible at the authority that CONNECT names (RFC 9110, section 10.2.1).
    const title = "CONNECT is not possible: this server is no proxy.";
    endWith(socket, 405, "Method Not Allowed", title, { Allow: "" });
  });
  return server;
}

/**
 * Lets a client send the body that it holds back. Behind another request it is told when that one has been answered: Node keeps what it is told
 * earlier, and would put it between the head and the body of the answer.
 */
function continueInTurn(response: ServerResponse): void {
  const tell = () => {
    if (!response.headersSent) response.writeContinue();
  };
  if (response.socket === null) response.once("socket", tell);
  else tell();
}

/**
 * Says what is wrong with a request's Host header (RFC 9112, section 3.2): none with HTTP/1.1, more than one, one that is no
 * host (RFC 3986, section 3.2.2), or a foreign one. Undefined where all is well.
 */
function createHostCheck(
  hosts: readonly string[],
): (request: IncomingMessage) => { readonly status: number; readonly title: string } | undefined {
  const isLetIn = createHostGuard(hosts);
  const malformed = (title: string) => ({ status: 400, title });
  // Clients name the same host again and again.
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
      return malformed("The Host header is no host name or address.");
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

/** What Node's HTTP parser refuses never becomes a request; the answer is written to the connection, which is then closed. */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  const [status, reason, title] = clientErrors[error.code ?? ""] ?? clientErrors.other;
  const { _httpMessage: answering } = socket as Socket & { _httpMessage?: ServerResponse };
  // Node tells it again with each piece that arrives behind the first error.
  if (isRefused.has(socket)) return;
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
  } else if (answering?.req.complete === true) {
    // What is no request came right after one that is being answered: this answer must not pass for the answer to that one.
    isRefused.add(socket);
    answering.once("finish", () => endWith(socket, status, reason, title));
  } else if (answering?.headersSent === true) {
    // It was answered before it was whole. What was written of the answer is still sent.
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
  isRefused.add(socket);
  socket.end(`${head}\r\n\r\n${body}`);
  if (socket.readableEnded) {
    socket.once("finish", () => socket.destroy());
    return;
  }
  // A connection that is closed while the client still sends is reset, and the answer lost with it (RFC 9112, section 9.6).
  const late = setTimeout(() => socket.destroy(), lingerMilliseconds).unref();
  socket.once("end", () => socket.destroySoon());
  socket.once("close", () => clearTimeout(late));
  socket.resume();
}

/** How long what a client still sends is thrown away, after the last answer to it. */
const lingerMilliseconds = 1000;

/** Connections that have had their last answer, or have it behind the one that is being written. */
const isRefused = new WeakSet<Socket>();

function messageOf(status: number, title: string): { body: string; headers: Record<string, string> } {
  const body = errorsBody(status, [title]);
  const headers = {
    "Content-Type": "application/json; charset=utf-8",
    "Content-Length": String(Buffer.byteLength(body)),
    "Access-Control-Allow-Origin": "*",
    ...sealed,
  };
  return { body, headers };
}
