import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { isPreflight } from "../http/index.ts";
import type { RequestLog } from "./log.ts";
import { addNotes } from "./note.ts";
import { ownerIn } from "./owner.ts";
import { recordOf } from "./record.ts";

declare module "fastify" {
  interface FastifyInstance {
    /** Logs a request whose connection was broken off without an answer. */
    // Written out: TypeScript 7 leaves an import out of the .d.ts that only a module's augmentation needs.
    keepBroken?(request: FastifyRequest, reply: import("fastify").FastifyReply): void;
  }
}

/** Paths of a mock or a sandbox, without the workbench's own paths below them. */
const served = /^\/(?:mock|sandbox)\/[^/?]*(?:\/(?!_)|\?|$)/;

/** The workbench's and the docs' own paths. */
const own = /^\/(?:_|docs\/|mock\/|sandbox\/)/;

/**
 * Logs every request to a mock or a sandbox just before it is answered, so that the log has it when the client has the answer. Also logs
 * requests with a key that found nothing, because their base URL is wrong. Call it before the servers are registered.
 */
export function watchRequests(app: FastifyInstance, log: RequestLog): void {
  addNotes(app);
  app.addHook("onSend", (request, reply, payload, done) => {
    if (isWatched(request, reply)) keep(log, request, reply, payload, reply.statusCode);
    done();
  });
  app.decorate("keepBroken", (request, reply) => {
    if (isWatched(request, reply)) keep(log, request, reply, undefined, 0);
  });
}

function isWatched(request: FastifyRequest, reply: FastifyReply): boolean {
  const { url = "/" } = request.raw;
  if (isQuiet(request) || isPreflight(request)) return false;
  if (served.test(url)) return true;
  return reply.statusCode === 404 && request.headers.authorization !== undefined && !own.test(url);
}

/** Whether a request asks not to be logged: the page's own requests would fill the list that it shows. */
export function isQuiet({ headers }: FastifyRequest): boolean {
  return headers.workbench === "quiet";
}

function keep(
  log: RequestLog,
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
  status: number,
) {
  const owner = request.noted?.isKeyRefused === true ? undefined : ownerIn(request.headers.authorization);
  const isShared = owner === undefined;
  log.add(recordOf(log.nextId(), request, reply, payload, { isShared, status, memory: log.memory }), owner);
}
