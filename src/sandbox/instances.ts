import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from "fastify";
import { allowOrigin, answerError, answerPreflight, holdBack, isPreflight } from "../http/index.ts";
import { addNotes } from "../workbench/index.ts";
import { failure } from "./answer.ts";
import { answerToError, unprepared } from "./failures.ts";
import { createGuard, type Guard } from "./guard.ts";
import { health } from "./health.ts";
import type { Instance } from "./instance.ts";
import { operationAt, placeOf } from "./place.ts";
import { createSendAnswer } from "./send-answer.ts";
import { createServe } from "./serve.ts";
import { send } from "./state.ts";

/** Options of the plugin. */
export interface InstancesOptions {
  /** By name, the function that prepares an instance. It is called for each request, so it has to cache the result. */
  readonly instances: ReadonlyMap<string, () => Instance>;
  /** The origin of links; undefined for the host of the request. */
  readonly origin?: string | undefined;
  /** The delay of every answer in milliseconds. */
  readonly latency: number;
}

/**
 * Serves each instance at `<instance>` below the plugin's prefix: the API at `/api`, `/_health` (GET, without a key), and the workbench's
 * own paths (src/workbench/openapi.yaml). An instance is prepared at its first request. A request goes through place.ts, guard.ts and
 * serve.ts.
 */
export const instancesPlugin: FastifyPluginCallback<InstancesOptions> = (app, options, done) => {
  const { instances, origin, latency } = options;
  if (!app.hasRequestDecorator("sandbox")) app.decorateRequest("sandbox", null);
  addNotes(app);
  const delayed = holdBack(app);
  const sendAnswer = createSendAnswer(delayed);
  const guard = createGuard(latency, delayed, sendAnswer);
  const serve = createServe(origin, app.prefix, sendAnswer);

  app.removeAllContentTypeParsers();
  // Bodies are taken as bytes, whatever their Content-Type: the form parser explains what is wrong with them.
  app.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, parsed) => parsed(null, body));

  // Requests that are refused are answered here, before their body is read.
  app.addHook("onRequest", (request, reply, next) => {
    if (request.headers.origin !== undefined) allowOrigin(request, reply);
    if (isPreflight(request)) answerPreflight(request, reply);
    else receive(request, reply, next, { prefix: app.prefix, instances, guard });
  });

  /** Returns nothing: for a returned reply, the framework would listen to its stream, which costs microseconds. */
  const handle = (request: FastifyRequest, reply: FastifyReply): void => {
    const later = serve(request, reply);
    if (later instanceof Promise) later.catch((error: unknown) => reply.send(error));
  };
  app.all("/*", handle);
  // Methods for which the framework has no routes end up here; they were answered above.
  app.setNotFoundHandler(handle);

  app.setErrorHandler((error, request, reply) => {
    const { sandbox: state } = request;
    const told = answerToError(error, request, state?.instance.model);
    if (told === undefined) {
      answerError(error, reply);
      return;
    }
    const sent = sendAnswer(request, reply, state, told);
    if (sent instanceof Promise) sent.catch((failed: unknown) => answerError(failed, reply));
  });
  done();
};

interface Receiving {
  readonly prefix: string;
  readonly instances: InstancesOptions["instances"];
  readonly guard: Guard;
}

/** Lets a request to an existing path with a valid key pass, by calling `next`, and answers all others. */
function receive(
  request: FastifyRequest,
  reply: FastifyReply,
  next: () => void,
  { prefix, instances, guard }: Receiving,
): void {
  const { raw, method } = request;
  const { url = "" } = raw;
  const place = placeOf(url, prefix, instances);
  if ("status" in place) {
    send(reply, place);
    return;
  }
  const { name, part, isWhole } = place;
  let instance: Instance;
  try {
    instance = place.prepare();
  } catch (error) {
    send(reply, unprepared(request, name, error));
    return;
  }
  if (part === "_health" && isWhole) {
    if (method === "GET" || method === "HEAD")
      void health(instance.store, { instance: name }).then((answer) => send(reply, answer));
    else send(reply, failure(405, `This path takes GET, not ${method}.`, { allow: "GET" }));
    return;
  }
  const arrival = { request, reply, instance, next };
  if (part.startsWith("_")) {
    guard.admitOwn(arrival);
    return;
  }
  const found = operationAt(place, { method, url, prefix }, instance);
  if ("status" in found) {
    send(reply, found);
    return;
  }
  guard.admit(arrival, found.route, found.id);
}
