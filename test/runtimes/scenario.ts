import { createClient, NotificationHandlersError } from "../../src/client/index.ts";

/** Where the scenario finds its servers. */
export interface Places {
  /** A sandbox. */
  readonly baseUrl: string;
  readonly apiKey: string;
  /** A server that answers below `/<what it does wrong>`. */
  readonly wrongUrl: string;
  /** An address on which nothing listens. */
  readonly refusedUrl: string;
}

/** Text that forms and encodings often damage. */
export const hardText = `"quotes" \\ \r\n \n \r ä 👩‍👩‍👧‍👦 اعلان %22 --form-- \t`;

/** The result or the error of a call, as data. */
async function outcome(call: Promise<unknown>): Promise<unknown> {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof NotificationHandlersError)) return { bare: String(error) };
    return { code: error.code, status: error.status };
  }
}

/**
 * Uses the client like a program, and returns the results. It runs unchanged in each runtime, so it uses only the client and what all
 * runtimes have.
 */
export async function scenario({ baseUrl, apiKey, wrongUrl, refusedUrl }: Places): Promise<unknown> {
  const client = createClient({ instance: "k.aws.bj", baseUrl, apiKey });
  const { id } = await client.create({ type: "email", name: hardText, email: "a@example.com" });
  const created = await client.get(id);
  await client.update(id, { is_enabled: false });
  const others = await Promise.all(
    Array.from({ length: 12 }, (_, n) => client.create({ type: "email", name: `Handler ${n}` })),
  );
  const listed: number[] = [];
  for await (const handler of client.listAll({ results_per_page: 10, is_enabled: true })) {
    listed.push(handler.id);
  }
  const { meta } = await client.list({ search: "HANDLER 1", datetime_start: new Date(0) });
  const { data, response } = await client.http.GET("/notification-handlers/", {
    params: { query: { is_enabled: 0 } },
  });
  await client.delete(id);

  const wrong = (what: string, timeout = 20_000) =>
    createClient({ baseUrl: `${wrongUrl}/${what}`, apiKey, timeout, retry: { baseDelay: 1 } });
  let attempts = 0;
  const refused = createClient({
    baseUrl: refusedUrl,
    apiKey,
    retry: { limit: 2, baseDelay: 1 },
    fetch: (request, init) => {
      attempts += 1;
      return fetch(request, init);
    },
  });
  const aborting = new AbortController();
  const aborted = outcome(wrong("silent").get(7, { signal: aborting.signal }));
  // Long enough for a slow browser to have asked, its preflight included.
  setTimeout(() => aborting.abort(), 1_500);
  return {
    name: created.name,
    listed: listed.length === others.length,
    found: meta.total,
    http: [response.status, data?.data.map((handler) => handler.id === id)],
    gone: await outcome(client.get(id)),
    stranger: await outcome(createClient({ baseUrl, apiKey: "stranger" }).list()),
    html: await outcome(wrong("html").get(7)),
    cut: await outcome(wrong("cut").get(7)),
    broken: await outcome(wrong("broken").create({ type: "email", name: "x" })),
    elsewhere: await outcome(wrong("elsewhere").get(7)),
    recovers: await outcome(wrong("recovers").get(7)),
    late: await outcome(wrong("silent", 1_500).create({ type: "email", name: "x" })),
    aborted: await aborted,
    refused: await outcome(refused.create({ type: "email", name: "x" })),
    attempts,
  };
}
