import type { FastifyPluginCallback } from "fastify";
import { type Answer, json } from "./answer.ts";
import type { Store } from "./store/index.ts";

/** Whether the database answers: 200, or 503 with the status `unavailable`. `about`: additional properties of the answer. */
export async function health(store: Store, about: Readonly<Record<string, string>> = {}): Promise<Answer> {
  const isThere = await (async () => store.ping())().then(
    () => true,
    () => false,
  );
  const status = isThere ? "ok" : "unavailable";
  return json(isThere ? 200 : 503, JSON.stringify({ status, database: status, ...about }));
}

/**
 * For monitoring, for example by a load balancer, without a key. `GET /_health`: ready, that is the database answers. `GET /_health/live`:
 * the process is alive, whatever the database does.
 */
export function healthPlugin(store: Store): FastifyPluginCallback {
  return (app, _options, done) => {
    app.get("/_health", async (_request, reply) => {
      const { status, headers, body } = await health(store);
      return reply.code(status).headers(headers).send(body);
    });
    app.get("/_health/live", async (_request, reply) => {
      const { status, headers, body } = json(200, JSON.stringify({ status: "ok" }));
      return reply.code(status).headers(headers).send(body);
    });
    done();
  };
}
