import { describe, expect, test } from "vitest";
import { type Answer, base, key, rejection, script, scripted } from "./script.ts";

const limit = 1000;
const path = "/notification-handlers/";

/** An answer in chunks, and what the client did with its body. */
function chunked(chunks: readonly Uint8Array[], init?: ResponseInit) {
  const rest = [...chunks];
  const seen = { pulled: 0, cancelled: undefined as unknown };
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const chunk = rest.shift();
        if (chunk === undefined) return controller.close();
        seen.pulled += 1;
        controller.enqueue(chunk);
      },
      cancel(reason) {
        seen.cancelled = reason ?? "without a reason";
      },
    },
    { highWaterMark: 0 },
  );
  return { response: new Response(body, init), seen };
}

/** JSON of so many bytes, in chunks of a hundred. */
function jsonOf(bytes: number, init?: ResponseInit) {
  const all = new TextEncoder().encode(`{"data":[],"meta":{},"links":{}}`.padEnd(bytes));
  const chunks = Array.from({ length: Math.ceil(bytes / 100) }, (_, n) => all.slice(n * 100, (n + 1) * 100));
  return chunked(chunks, init);
}

type Client = ReturnType<typeof scripted>["client"];
const readers: [name: string, status: number, read: (client: Client) => Promise<unknown>][] = [
  ["list", 200, (client) => client.list()],
  ["http", 200, (client) => client.http.GET(path)],
  ["http, of an error", 400, (client) => client.http.GET(path)],
  ["http, as text", 200, (client) => client.http.GET(path, { parseAs: "text" })],
  ["http, as bytes", 200, (client) => client.http.GET(path, { parseAs: "arrayBuffer" })],
  [
    "http, as a stream",
    200,
    async (client) => new Response((await client.http.GET(path, { parseAs: "stream" })).data).text(),
  ],
  [
    "http, a clone in middleware",
    200,
    (client) => {
      client.http.use({ onResponse: async ({ response }) => void (await response.clone().text()) });
      return client.http.GET(path);
    },
  ],
  [
    "http, a clone in middleware of the call",
    200,
    (client) => {
      const onResponse = async ({ response }: { response: Response }) => void (await response.clone().text());
      return client.http.GET(path, { middleware: [{ onResponse }] });
    },
  ],
];

describe.each(readers)("%s", (_, status, read) => {
  const ask = (answer: Answer) => read(scripted([answer], { maxResponseSize: limit, retry: false }).client);

  test("takes an answer of exactly maxResponseSize", async () => {
    const { response, seen } = jsonOf(limit, { status });
    await ask(response);
    expect(seen).toEqual({ pulled: 10, cancelled: undefined });
  });

  test("ends a longer one with too_large, and the connection with it", async () => {
    const { response, seen } = jsonOf(3 * limit, { status });
    expect(await rejection(ask(response))).toMatchObject({
      code: "too_large",
      message: `GET ${path}: the answer is larger than maxResponseSize, ${limit} bytes`,
    });
    expect(seen).toEqual({ pulled: 11, cancelled: "without a reason" });
  });
});

test("a letter whose bytes come in two chunks is one letter", async () => {
  const bytes = new TextEncoder().encode('{"data":"ü🔔"}');
  const { response } = chunked([...bytes].map((byte) => Uint8Array.of(byte)));
  const { data } = await scripted([response]).client.http.GET(path);
  expect(data).toEqual({ data: "ü🔔" });
});

test("a body without a stream, as some fetch functions give it, is read as text", async () => {
  const text = '{"data":[],"meta":{},"links":{}}';
  const body = Object.assign(Object.create(Response.prototype), {}) as Response;
  const answer = new Response(text);
  const own = { body: {}, ok: true, status: 200, headers: answer.headers, text: () => answer.text() };
  for (const [name, value] of Object.entries(own)) Object.defineProperty(body, name, { value });
  expect(await scripted([body]).client.list()).toMatchObject({ data: [] });
});

describe("a stream", () => {
  test("is asked for no more than its reader asks for", async () => {
    const { response, seen } = jsonOf(300);
    const { data } = await scripted([response]).client.http.GET(path, { parseAs: "stream" });
    await new Promise((resolve) => setImmediate(resolve));
    expect(seen.pulled).toBe(0);
    await data?.getReader().read();
    expect(seen.pulled).toBe(1);
  });

  test("that is cancelled ends the connection, for the same reason", async () => {
    const { response, seen } = jsonOf(300);
    const { data } = await scripted([response]).client.http.GET(path, { parseAs: "stream" });
    await data?.cancel("seen enough");
    expect(seen).toEqual({ pulled: 0, cancelled: "seen enough" });
  });

  test("ends with the signal of its call, which has returned before", async () => {
    const controller = new AbortController();
    const answer: Answer = ({ signal }) => {
      const body = new ReadableStream({
        start: (stream) => signal.addEventListener("abort", () => stream.error(signal.reason)),
      });
      return new Response(body);
    };
    const { data } = await scripted([answer]).client.http.GET(path, {
      parseAs: "stream",
      signal: controller.signal,
    });
    const read = data?.getReader().read();
    controller.abort("no longer needed");
    await expect(read).rejects.toBe("no longer needed");
  });

  test("keeps the URL of its answer", async () => {
    const { response } = jsonOf(300);
    Object.defineProperty(response, "url", { value: `${base}${path}?page=1` });
    const got = await scripted([response]).client.http.GET(path, { parseAs: "stream" });
    expect(got.response.url).toBe(`${base}${path}?page=1`);
  });
});

test("a call of http ends with its signal even if fetch ignores it", async () => {
  const controller = new AbortController();
  const { client } = scripted([() => new Promise<Response>(() => {})]);
  const call = client.http.GET(path, { signal: controller.signal });
  controller.abort("no longer needed");
  expect(await rejection(call)).toMatchObject({ code: "aborted", cause: "no longer needed" });
});

test("a call of http with a signal sends what it would send without", async () => {
  const { client, asked } = scripted([new Response("{}")]);
  const { signal } = new AbortController();
  await client.http.GET(path, { params: { query: { page: 3 } }, signal });
  expect(asked.map(({ url }) => url)).toEqual([`${base}${path}?page=3`]);
});

test("an error tells the path without the query, which may hold what somebody searches for", async () => {
  const { client } = scripted([new Response(null, { status: 400 })]);
  expect(await rejection(client.list({ search: "a secret", page: 2 }))).toMatchObject({
    path,
    message: `GET ${path}: 400`,
  });
});

test.each([300, 301, 399])("a redirect with %s is not followed, and its body is not read", async (status) => {
  const { response, seen } = jsonOf(300, { status, headers: { Location: "https://else.example/" } });
  const { fetch, asked } = script(response);
  const { client } = scripted([], { fetch, retry: false });
  expect(await rejection(client.list())).toMatchObject({ code: "redirect", status });
  expect(seen).toEqual({ pulled: 0, cancelled: "without a reason" });
  expect(asked.map(({ headers }) => headers.get("authorization"))).toEqual([`Bearer ${key}`]);
});
