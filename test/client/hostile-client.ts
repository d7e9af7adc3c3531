import { createClient } from "../../src/client/index.ts";

/** Runs in a process of its own: makes the named calls, or all, and prints as JSON how they ended and their peak memory in MiB. */
const [baseUrl = "", maxResponseSize, ...names] = process.argv.slice(2);
const client = createClient({
  baseUrl,
  apiKey: "secret-key-1",
  retry: false,
  maxResponseSize: maxResponseSize ? Number(maxResponseSize) : undefined,
});
const path = "/notification-handlers/";

const calls: Record<string, () => Promise<unknown>> = {
  list: () => client.list(),
  delete: () => client.delete(7),
  http: () => client.http.GET(path),
  "http, as text": () => client.http.GET(path, { parseAs: "text" }),
  "http, as bytes": () => client.http.GET(path, { parseAs: "arrayBuffer" }),
  "http, as a stream": async () => {
    const { data } = await client.http.GET(path, { parseAs: "stream" });
    for await (const _ of data as unknown as AsyncIterable<unknown>);
  },
  "http, a clone in middleware": () => {
    const onResponse = async ({ response }: { response: Response }) => void (await response.clone().text());
    return client.http.GET(path, { middleware: [{ onResponse }] });
  },
};

const ends: Record<string, string> = {};
for (const [name, call] of Object.entries(calls)) {
  if (names.length > 0 && !names.includes(name)) continue;
  try {
    await call();
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    ends[name] = `${code}: ${message}`;
  }
}
console.log(JSON.stringify({ ends, peak: process.resourceUsage().maxRSS / 1024 }));
process.exit();
