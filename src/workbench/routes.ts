import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from "fastify";
import { allowOrigin, answerPreflight, isPreflight, keyIn, Refusal, unauthorized } from "../http/index.ts";
import { detailsOf } from "./details.ts";
import { sendEvents } from "./events.ts";
import { harOf, harType } from "./har.ts";
import type { RequestLog } from "./log.ts";
import { type Mask, maskOf } from "./mask.ts";
import { type OwnRequest, readOwn } from "./own.ts";
import { type Owner, ownerOf } from "./owner.ts";
import { matchesQuery, readQuery } from "./query.ts";

/** Looks up the owner of the key in an Authorization header. Gives undefined, or a promise of it, for an unknown key. */
export type KeyCheck = (authorization: string | undefined) => unknown;

/** How many readers may follow the requests at a time: in all, and with one key. */
const mostReaders = 100;
const mostOfKey = 20;

/** Returned once the answer is on its way. The reply itself can't be awaited: that would wait for its end. */
const beingSent = Symbol("being sent");

const noneKept =
  "No requests are kept here: this server was started with --requests 0 (requests: 0 in code).";

/** Who asks for requests. */
interface Reader {
  readonly owner: Owner;
  readonly mask: Mask;
}

/** A reader, and the log that is read. */
interface Asked extends Reader {
  readonly log: RequestLog;
}

/** Serves `/_requests` and what is below it. `log`: undefined if no requests are kept. `isKnown`: undefined where any text is a key. */
export function requestRoutes(
  log: RequestLog | undefined,
  isKnown: KeyCheck | undefined,
): FastifyPluginCallback {
  const readers = new Map<{ end(): void }, Owner>();

  /** Handlers by operation id. */
  const answers: Record<
    string,
    (asked: Asked, request: FastifyRequest, reply: FastifyReply, own: OwnRequest) => unknown
  > = {
    listRequests({ log, owner, mask }, request, _reply, { operation }) {
      const query = readQuery(operation, request.raw.url ?? "");
      const { last } = log;
      const asked = log.list(owner, query.since ?? 0).filter((record) => matchesQuery(record, query));
      const requests = asked
        .slice(-(query.limit ?? asked.length))
        .map((record) => detailsOf(record, mask, request.headers.host));
      const wantsHar = query.format === "har" || request.headers.accept?.includes(harType) === true;
      return wantsHar ? { type: harType, body: harOf(requests) } : { body: { requests, last } };
    },
    deleteRequests: ({ log, owner }) => log.clear(owner),
    getRequest({ log, owner, mask }, request, _reply, { parameters }) {
      const record = log.find(owner, Number(parameters.request_id));
      if (record === undefined) throw new Refusal(404, "There is no such request, or it is no longer kept.");
      return { body: detailsOf(record, mask, request.headers.host) };
    },
    followRequests({ log, owner, mask }, request, reply, { operation }) {
      const query = readQuery(operation, request.raw.url ?? "");
      // The reader has gone while the key was looked up, and its close will not be told again.
      if (reply.raw.destroyed) return beingSent;
      const ofKey = [...readers.values()].filter((each) => each === owner).length;
      if (readers.size >= mostReaders || ofKey >= mostOfKey) {
        const many = ofKey >= mostOfKey ? `${mostOfKey} readers of this key` : `${mostReaders} readers`;
        throw new Refusal(503, `${many} follow the requests already.`, { "retry-after": "5" });
      }
      const seen = Number(request.headers["last-event-id"] ?? Number.NaN);
      const since = query.since ?? (Number.isSafeInteger(seen) ? seen : undefined);
      const isGood = async () => (await readerOf(request)).owner === owner;
      const reading = { log, owner, mask, query, since, isGood };
      const reader = sendEvents(reply, reading, () => readers.delete(reader));
      readers.set(reader, owner);
      return beingSent;
    },
  };

  async function readerOf({ headers: { authorization } }: FastifyRequest): Promise<Reader> {
    const key = keyIn(authorization);
    const isGood =
      key !== undefined && (isKnown === undefined || (await isKnown(authorization)) !== undefined);
    const hint =
      isKnown === undefined ? "with any text as the key here" : "with a key that this sandbox knows";
    if (!isGood) throw unauthorized(authorization, `, ${hint}`);
    return { owner: ownerOf(key), mask: maskOf(key) };
  }

  return (app, _options, done) => {
    app.addHook("preClose", (closed) => {
      for (const reader of readers.keys()) reader.end();
      closed();
    });
    app.addHook("onRequest", (request, reply, next) => {
      allowOrigin(request, reply);
      if (isPreflight(request)) answerPreflight(request, reply);
      else next();
    });
    const answer = async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
      const own = readOwn(request);
      const reader = await readerOf(request);
      if (log === undefined) throw new Refusal(404, noneKept);
      const made = await answers[own.operation.id]?.({ ...reader, log }, request, reply, own);
      if (made === beingSent) return reply;
      if (made === undefined) return reply.code(204).send();
      const { type = "application/json", body } = made as { type?: string; body: unknown };
      return reply
        .header("cache-control", "no-store")
        .type(`${type}; charset=utf-8`)
        .send(JSON.stringify(body));
    };
    app.all("/", answer);
    app.all("/*", answer);
    // Methods for which the framework has no routes end up here.
    app.setNotFoundHandler(answer);
    done();
  };
}
