import Fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from "fastify";
import { allowOrigin, answerPreflight, isPreflight } from "./browsers.ts";
import { keyIn } from "./keys.ts";
import { errorHeaders, errorsBody, Refusal, titlesIn } from "./refusal.ts";
import { answerClientError, type Bounds, createHttpServer, defaultBounds } from "./server.ts";

/** Options of an app. */
export interface AppOptions {
  /** Default: nothing is logged. Headers, and so keys, are never logged. */
  readonly logger?: FastifyBaseLogger | undefined;
  readonly bounds?: Partial<Bounds>;
  /** Host names and addresses that requests may be for, besides loopback ones. All others get 403. */
  readonly hosts?: readonly string[] | undefined;
}

/**
 * A Fastify instance that no client can crash. It answers with the contract's errors body wherever HTTP allows: malformed requests, unknown
 * paths, bodies that are too large or too slow, and its own errors.
 */
export function createApp({ logger, bounds, hosts }: AppOptions = {}): FastifyInstance {
  const { bodyBytes, headerBytes, requestMilliseconds } = { ...defaultBounds, ...bounds };
  const app = Fastify({
    ...(logger === undefined ? { logger: false } : { loggerInstance: logger }),
    // logRequests logs one line per request instead.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: bodyBytes,
    // Requests that still arrive are served, and then the connection is closed. Fastify's own 503 has another body.
    return503OnClosing: false,
    serverFactory: (listener) => createHttpServer(listener, { headerBytes, requestMilliseconds }, hosts),
    // A client may send the whole URL in the request line (RFC 9112, section 3.2.2).
    rewriteUrl: ({ url }) => (url ?? "/").replace(/^https?:\/\/[^/?#]*/i, "") || "/",
    frameworkErrors: (error, request, reply) => {
      allowOrigin(request, reply);
      if (isPreflight(request)) answerPreflight(request, reply);
      else answerError(error, reply);
    },
    clientErrorHandler: answerClientError,
  });
  app.setErrorHandler((error: FastifyError, _request, reply) => answerError(error, reply));
  app.setNotFoundHandler((request, reply) => notFound(request, reply));
  if (logger !== undefined) logRequests(app);
  return app;
}

/** Logs one line per request, with the reason if it was refused. */
function logRequests(app: FastifyInstance): void {
  const reasons = new WeakMap<FastifyReply, string>();
  app.addHook("onSend", (_request, reply, payload, done) => {
    if (reply.statusCode >= 400) reasons.set(reply, reasonIn(payload));
    done();
  });
  app.addHook("onResponse", (request, reply, done) => {
    const { method, url, headers } = request;
    const milliseconds = Math.round(reply.elapsedTime);
    const reason = reasons.get(reply) ?? "";
    const line = `${method} ${url} ${reply.statusCode} in ${milliseconds} ms${reason}`;
    request.log.info(withoutKey(line, headers.authorization));
    done();
  });
}

/** Shorter keys would match in words. */
const shortestMasked = 8;

/** Masks the request's key in a line: some clients send it in the query, too. */
function withoutKey(line: string, authorization: string | undefined): string {
  const key = keyIn(authorization) ?? authorization;
  return key === undefined || key.length < shortestMasked ? line : line.replaceAll(key, "[key]");
}

/** How many characters of a reason are logged. */
const longestReason = 300;

/** A reason after a colon; empty if there is none. */
function reasonIn(payload: unknown): string {
  const text = titlesIn(payload);
  if (text === undefined) return "";
  return `: ${text.length > longestReason ? `${text.slice(0, longestReason)}…` : text}`;
}

/** Answers 404, readable for pages of any origin. `there`: what exists instead. */
export function notFound(request: FastifyRequest, reply: FastifyReply, there?: string): void {
  allowOrigin(request, reply);
  // A browser hides the answer if the preflight is refused, so the preflight succeeds and the request itself gets the 404.
  if (isPreflight(request)) answerPreflight(request, reply);
  else {
    const hasPage = request.server.hasRoute({ method: "GET", url: "/" });
    const directions = there ?? (hasPage ? "the page at / shows what there is" : undefined);
    const what = `There is nothing at ${pathOf(request.url)}`;
    answerError(new Refusal(404, `${what}${directions === undefined ? "" : `: ${directions}`}.`), reply);
  }
}

/** The path of a URL, short enough for a message. */
export function pathOf(url: string): string {
  const path = url.split("?", 1)[0] ?? "";
  return path.length > 100 ? `${path.slice(0, 100)}…` : path;
}

/** Answers with a refusal, or with an error that the framework found. Any other error is a bug of this server, and only logged. */
export function answerError(error: unknown, reply: FastifyReply): void {
  const refusal = refusalOf(error);
  if (refusal.status >= 500) reply.log.error({ err: error }, "A request failed");
  if (refusal.status === 413) keepConnection(reply);
  reply
    .code(refusal.status)
    .headers(errorHeaders)
    .headers(refusal.headers)
    .header("content-type", "application/json; charset=utf-8")
    .send(errorsBody(refusal.status, refusal.titles));
}

/**
 * Fastify closes the connection of a body that it gives up. A request behind that body would then have the answer lost (RFC 9112, section 9.6).
 * The body is read to its end (`readOnAtEnd`), so only reasons of this server's own close the connection.
 */
function keepConnection(reply: FastifyReply): void {
  const { raw } = reply;
  const own = raw.getHeader("connection") ?? (raw.shouldKeepAlive ? "keep-alive" : "close");
  // Removes it from Node's answer, too: Node would then say nothing, not even to a client that asked to close.
  reply.removeHeader("connection");
  raw.setHeader("connection", own);
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const { code, statusCode } = error as Partial<FastifyError>;
  switch (code) {
    case "FST_ERR_BAD_URL":
      return new Refusal(404, "The path is not percent-encoded UTF-8, so nothing can be there.");
    case "FST_ERR_CTP_BODY_TOO_LARGE":
      return new Refusal(413, "The body is larger than this server takes.");
    case "FST_ERR_CTP_INVALID_MEDIA_TYPE":
      return new Refusal(400, "The Content-Type header is not a media type.");
    case "FST_ERR_ROUTE_MISSING_CONTENT_TYPE":
      return new Refusal(400, "There is no Content-Type header, which a request of this method requires.");
    case "FST_ERR_CTP_INVALID_CONTENT_LENGTH":
      return new Refusal(400, "The body is not as long as Content-Length says.");
    default:
      return statusCode !== undefined && statusCode >= 400 && statusCode < 500
        ? new Refusal(statusCode, "The request can't be read.")
        : new Refusal(500, "Something went wrong on this server.");
  }
}
