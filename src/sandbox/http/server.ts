import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import Fastify, { type FastifyBaseLogger, type FastifyInstance } from "fastify";
import { type Answer, failure } from "../answer.ts";
import { answerTo, answerToClientError } from "./errors.ts";
import { send } from "./instance.ts";
import { limits } from "./limits.ts";

/** A Fastify server with the sandbox's limits, which answers in the errors body whatever goes wrong before a route is found. */
export function createServer(logger: FastifyBaseLogger | undefined): FastifyInstance {
  const app = Fastify({
    ...(logger === undefined ? { logger: false } : { loggerInstance: logger }),
    disableRequestLogging: true,
    bodyLimit: limits.bodyBytes,
    requestTimeout: limits.requestTimeout,
    keepAliveTimeout: limits.keepAliveTimeout,
    return503OnClosing: false,
    http: {
      maxHeaderSize: limits.headerBytes,
      headersTimeout: limits.headersTimeout,
      connectionsCheckingInterval: limits.timeoutCheck,
    },
    frameworkErrors: (error, _request, reply) => send(reply, answerTo(error)),
    clientErrorHandler: (error, socket) => answerSocket(socket, answerToClientError(error.code)),
  });
  app.setNotFoundHandler((_request, reply) => send(reply, failure(404, "There is nothing at this path.")));
  app.setErrorHandler((error, _request, reply) => send(reply, answerTo(error)));
  app.server.on("checkExpectation", (_request, response) => {
    const { status, headers, body } = failure(417, "The sandbox can't do what the Expect header asks for.");
    response.writeHead(status, headers).end(body);
  });
  app.server.on("connect", (_request, socket: Socket) => {
    answerSocket(socket, failure(405, "The sandbox is no proxy."));
  });
  return app;
}

/** Answers where there is no request to answer to. */
function answerSocket(socket: Socket, { status, headers, body }: Answer): void {
  if (!socket.writable || socket.destroyed) {
    socket.destroy();
    return;
  }
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    `content-length: ${Buffer.byteLength(body)}`,
    "connection: close",
  ];
  socket.end(`${lines.join("\r\n")}\r\n\r\n${body}`);
  socket.on("error", () => socket.destroy());
}
