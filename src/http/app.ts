import type { Socket } from "node:net";
import Fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  LogController,
} from "fastify";
import { allowOrigin } from "./browsers.ts";
import { errorsBody, Refusal } from "./refusal.ts";

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

export interface AppOptions {
  /** Left out: nothing is logged. Headers, and with them keys, are never logged. */
  readonly logger?: FastifyBaseLogger | undefined;
  readonly bounds?: Partial<Bounds>;
}

/**
 * A Fastify instance that nothing a client sends can end, and that answers in the contract's errors body wherever HTTP
 * lets it answer: malformed requests, unknown paths, bodies that are too large or too slow, faults of its own.
 */
export function createApp({ logger, bounds }: AppOptions = {}): FastifyInstance {
  const { bodyBytes, headerBytes, requestMilliseconds } = { ...defaultBounds, ...bounds };
  const app = Fastify({
    ...(logger === undefined ? { logger: false } : { loggerInstance: logger }),
    // One line for each request is logged below.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: bodyBytes,
    requestTimeout: requestMilliseconds,
    http: {
      maxHeaderSize: headerBytes,
      headersTimeout: requestMilliseconds,
      // Node looks for requests that are too slow at this interval.
      connectionsCheckingInterval: Math.min(1000, requestMilliseconds),
      // Node's own refusal of a request without Host has no body.
      requireHostHeader: false,
    },
    // A client may send the whole URL in the request line (RFC 9112, section 3.2.2).
    rewriteUrl: ({ url }) => (url ?? "/").replace(/^https?:\/\/[^/?#]*/i, "") || "/",
    frameworkErrors: (error, request, reply) => {
      allowOrigin(request, reply);
      answerError(error, reply);
    },
    clientErrorHandler: answerClientError,
  });
  // Node's own answer to an unknown Expect has no body.
  app.server.on("checkExpectation", (_request, response) => {
    const body = errorsBody(417, ["This server expects nothing but 100-continue."]);
    const headers = {
      "content-type": "application/json; charset=utf-8",
      "content-length": Buffer.byteLength(body),
    };
    response.writeHead(417, headers).end(body);
  });
  app.setErrorHandler((error: FastifyError, _request, reply) => answerError(error, reply));
  app.setNotFoundHandler((request, reply) => {
    allowOrigin(request, reply);
    answerError(new Refusal(404, `There is nothing at ${pathOf(request.url)}.`), reply);
  });
  if (logger !== undefined) {
    app.addHook("onResponse", async (request, reply) => {
      const { method, url } = request;
      const milliseconds = Math.round(reply.elapsedTime);
      request.log.info(`${method} ${url} ${reply.statusCode} in ${milliseconds} ms`);
    });
  }
  return app;
}

/** The path of a request's URL, short enough for a message. */
export function pathOf(url: string): string {
  const path = url.split("?", 1)[0] ?? "";
  return path.length > 100 ? `${path.slice(0, 100)}…` : path;
}

/** Answers with a refusal, or with what the framework found wrong; anything else is a fault of ours, told to the log only. */
export function answerError(error: unknown, reply: FastifyReply): void {
  const refusal = refusalOf(error);
  if (refusal.status >= 500) reply.log.error({ error }, "A request failed");
  reply
    .code(refusal.status)
    .headers(refusal.headers)
    .header("content-type", "application/json; charset=utf-8")
    .send(errorsBody(refusal.status, refusal.titles));
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const { code, statusCode } = error as Partial<FastifyError>;
  switch (code) {
    case "FST_ERR_BAD_URL":
      return new Refusal(404, "The path is not percent-encoded UTF-8, so that nothing can be there.");
    case "FST_ERR_CTP_BODY_TOO_LARGE":
      return new Refusal(413, "The body is larger than this server takes.", { connection: "close" });
    case "FST_ERR_CTP_INVALID_MEDIA_TYPE":
      return new Refusal(400, "The Content-Type header is not a media type.");
    case "FST_ERR_CTP_INVALID_CONTENT_LENGTH":
      return new Refusal(400, "The body is not as long as Content-Length says.");
    default:
      return statusCode !== undefined && statusCode >= 400 && statusCode < 500
        ? new Refusal(statusCode, "The request can't be read.")
        : new Refusal(500, "Something went wrong on this server.");
  }
}

/** What Node's HTTP parser refuses never becomes a request; the answer is written to the connection, which is then closed. */
function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  const [status, reason, title] = clientErrors[error.code ?? ""] ?? clientErrors.other;
  const answering = (socket as Socket & { _httpMessage?: { headersSent: boolean } })._httpMessage;
  if (error.code === "ECONNRESET" || !socket.writable || answering?.headersSent === true) {
    socket.destroy();
    return;
  }
  const body = errorsBody(status, [title]);
  const headers = [
    `HTTP/1.1 ${status} ${reason}`,
    "Content-Type: application/json; charset=utf-8",
    `Content-Length: ${Buffer.byteLength(body)}`,
    "Access-Control-Allow-Origin: *",
    "Connection: close",
  ];
  socket.end(`${headers.join("\r\n")}\r\n\r\n${body}`, () => socket.destroy());
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
