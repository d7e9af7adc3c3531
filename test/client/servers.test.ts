import { createServer, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { InstanceName } from "../../generated/instances.ts";
import { type Client, createClient, toDate } from "../../src/client/index.ts";
import {
  descriptionNames,
  familyName,
  instanceNames,
  loadDescription,
  modelOf,
} from "../../src/description/index.ts";
import { startSandbox } from "../../src/sandbox/index.ts";
import { serveMocks } from "../mock/harness.ts";
import { rejection } from "./script.ts";

/** The examples of an operation's form, by the type of handler. */
function examplesOf(instance: string, path: string): Record<string, Record<string, string | number>> {
  const { document, handlerTypes } = loadDescription(instance);
  // biome-ignore lint/suspicious/noExplicitAny: a bundle as it stands in its file
  const { paths, components } = document as any;
  const { examples } = paths[path].post.requestBody.content["multipart/form-data"];
  return Object.fromEntries(
    handlerTypes.map((type) => {
      const { $ref, value } = examples[type];
      return [type, value ?? components.examples[$ref.split("/").at(-1)].value];
    }),
  );
}

describe.each(instanceNames)("against the sandbox of %s", (instance) => {
  let sandbox: Awaited<ReturnType<typeof startSandbox>>;
  let client: Client;
  beforeAll(async () => {
    sandbox = await startSandbox({ instance });
    const { baseUrl, apiKey } = sandbox;
    client = createClient({ instance: instance as InstanceName, baseUrl, apiKey });
  });
  afterAll(() => sandbox.close());

  test("a handler of every type lives from create to delete", async () => {
    for (const [type, example] of Object.entries(examplesOf(instance, "/notification-handlers"))) {
      const { id } = await client.create(example as never);
      const { name, type: _, ...settings } = example;
      const created = await client.get(id);
      expect(created).toMatchObject({ id, type, name, settings, is_enabled: true, last_datetime: null });
      expect(Math.abs(toDate(created.datetime).getTime() - Date.now())).toBeLessThan(60_000);

      expect(await client.update(id, { is_enabled: false, name: "Another\nname" })).toEqual({ id });
      expect(await client.get(id)).toMatchObject({ settings, is_enabled: false, name: "Another\nname" });
      await client.delete(id);
      expect(await rejection(client.get(id))).toMatchObject({
        code: "http",
        status: 404,
        errors: [{ status: 404 }],
      });
    }
  });

  test("all pages are read, by the loop or by hand", async () => {
    const ids: number[] = [];
    const size = Math.min(...modelOf(loadDescription(instance)).sizes) as 10;
    for (let n = 0; n < 2 * size + 3; n++) {
      ids.push((await client.create({ type: "email", name: `Handler ${n}` })).id);
    }
    const read: number[] = [];
    for await (const { id } of client.listAll({ results_per_page: size })) read.push(id);
    expect(read.sort((a, b) => a - b)).toEqual(ids);
    const { data, meta } = await client.list({ page: 3, results_per_page: size });
    expect(data).toHaveLength(3);
    expect(meta).toMatchObject({ page: 3, total: 2 * size + 3, total_pages: 3 });
  });

  test("what the instance says of a wrong key and a wrong form is in the error", async () => {
    const stranger = createClient({ baseUrl: sandbox.baseUrl, apiKey: "stranger" });
    expect(await rejection(stranger.list())).toMatchObject({ code: "http", status: 401 });
    const error = await rejection(client.create({ type: "nope", name: "x" } as never));
    expect(error).toMatchObject({
      code: "http",
      status: 400,
      method: "POST",
      path: "/notification-handlers",
    });
    expect((error.errors as { title: string }[])[0]?.title).toBeTruthy();
  });
});

test("filters reach an instance that has them", async () => {
  const sandbox = await startSandbox({ instance: "k.aws.bj" });
  const client = createClient({ instance: "k.aws.bj", baseUrl: sandbox.baseUrl, apiKey: sandbox.apiKey });
  const on = await client.create({ type: "telegram", name: "on" });
  const off = await client.create({ type: "email", name: "off" });
  await client.update(off.id, { is_enabled: false });
  const ids = async (parameters: Parameters<typeof client.list>[0]) =>
    (await client.list(parameters)).data.map(({ id }) => id);
  const hour = 3_600_000;
  expect(await ids({ is_enabled: true })).toEqual([on.id]);
  expect(await ids({ is_enabled: false })).toEqual([off.id]);
  expect(await ids({ type: "email" })).toEqual([off.id]);
  expect(await ids({ datetime_field: "datetime", datetime_start: new Date(Date.now() - hour) })).toHaveLength(
    2,
  );
  expect(await ids({ datetime_field: "datetime", datetime_start: new Date(Date.now() + hour) })).toEqual([]);
  await sandbox.close();
});

describe("against the mock", () => {
  const mocks = serveMocks();

  test("a misspelt field is refused by the mock and a strict sandbox, and left out by others", async () => {
    const instance = "k.aws.bj";
    const [usual, strict] = await Promise.all([
      startSandbox({ instance }),
      startSandbox({ instance, strict: true }),
    ]);
    const clientOf = ({ baseUrl, apiKey = "any" }: { baseUrl: string; apiKey?: string }) =>
      createClient({ instance, baseUrl, apiKey });
    const wrong = { type: "email", name: "Ops", email: "ops@example.com", emial: "a@example.com" } as const;
    for (const served of [{ baseUrl: mocks.baseUrl(instance) }, strict]) {
      const error = await rejection(clientOf(served).create(wrong));
      expect(error).toMatchObject({ code: "http", status: 400 });
      expect(error.message).toContain('"emial" is not a field here');
    }
    const client = clientOf(usual);
    const { id } = await client.create(wrong);
    const { emial: _, type, name, email } = { ...wrong };
    expect(await client.get(id)).toMatchObject({ type, name, settings: { email } });
    expect((await client.get(id)).settings).not.toHaveProperty("emial");
    await Promise.all([usual.close(), strict.close()]);
  });

  test("a misspelt filter filters nothing", async () => {
    const sandbox = await startSandbox({ instance: "k.aws.bj", strict: true, seed: 5 });
    const { baseUrl, apiKey } = sandbox;
    const client = createClient({ instance: "k.aws.bj", baseUrl, apiKey });
    const misspelt = { is_enabeld: false };
    expect((await client.list(misspelt as never)).meta.total).toBe((await client.list()).meta.total);
    const mock = createClient({ baseUrl: mocks.baseUrl("k.aws.bj"), apiKey: "any" });
    expect((await mock.list(misspelt as never)).meta).toEqual((await mock.list()).meta);
    await sandbox.close();
  });

  test.each(descriptionNames)("every method, for every type: %s", async (instance) => {
    const known = instance === familyName ? {} : { instance: instance as InstanceName };
    const client = createClient({ ...known, baseUrl: mocks.baseUrl(instance), apiKey: "any" });
    const { handlerTypes } = loadDescription(instance);
    // What the mock lists unless it is asked for more is what the instance's page shows.
    const headers = { Prefer: "example=every_type" };
    const lists = createClient({ ...known, baseUrl: mocks.baseUrl(instance), apiKey: "any", headers });
    expect((await lists.list()).data.map(({ type }) => type).sort()).toEqual([...handlerTypes].sort());
    const seen: string[] = [];
    for await (const { type } of lists.listAll()) seen.push(type);
    expect(seen.sort()).toEqual([...handlerTypes].sort());
    expect(handlerTypes).toContain((await client.get(1)).type);
    for (const example of Object.values(examplesOf(instance, "/notification-handlers"))) {
      expect(await client.create(example as never)).toHaveProperty("id");
    }
    const updates = examplesOf(instance, "/notification-handlers/{notification_handler_id}");
    for (const example of Object.values(updates)) {
      expect(await client.update(1, example as never)).toHaveProperty("id");
      expect(await client.update(1, { ...example, is_enabled: false } as never)).toHaveProperty("id");
    }
    expect(await client.delete(1)).toBeUndefined();
    expect(await rejection(client.create({ type: "email" } as never))).toMatchObject({ status: 400 });
  });
});

describe("on real sockets", () => {
  const ok = (response: ServerResponse) => response.end('{"data":{"id":7}}');

  /** Runs a test with a server that answers the n-th request with the n-th listener. */
  async function serving<T>(
    listeners: RequestListener[],
    run: (baseUrl: string, requests: string[]) => Promise<T>,
  ): Promise<T> {
    const requests: string[] = [];
    const server = createServer((request, response) => {
      requests.push(`${request.method} ${request.headers.authorization ?? "no key"}`);
      listeners[Math.min(requests.length, listeners.length) - 1]?.(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
      return await run(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api`, requests);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }
  const client = (baseUrl: string, options = {}) =>
    createClient({ baseUrl, apiKey: "k", retry: { baseDelay: 0 }, ...options });
  const reset: RequestListener = (_, response) => response.socket?.destroy();
  const cutOff: RequestListener = (_, response) => {
    response.writeHead(200, { "content-length": 100 }).write('{"data":');
    setImmediate(() => response.socket?.destroy());
  };
  const silent: RequestListener = () => {};
  const stalled: RequestListener = (_, response) => void response.writeHead(200).write('{"data":');

  test.each([
    ["is reset", reset],
    ["is cut off in the body", cutOff],
  ])("a read is repeated when the connection %s, a create is not", async (_, listener) => {
    await serving([listener, (_, response) => ok(response)], async (baseUrl, requests) => {
      expect(await client(baseUrl).get(7)).toEqual({ id: 7 });
      expect(requests).toHaveLength(2);
    });
    await serving([listener], async (baseUrl, requests) => {
      const create = client(baseUrl).create({ type: "email", name: "x" });
      expect(await rejection(create)).toMatchObject({ code: "network", method: "POST" });
      expect(requests).toHaveLength(1);
    });
  });

  test.each([
    ["does not answer", silent],
    ["stalls in its answer", stalled],
  ])("an attempt ends when the server %s", async (_, listener) => {
    await serving([listener], async (baseUrl) => {
      const error = await rejection(client(baseUrl, { retry: false, timeout: 50 }).get(7));
      expect(error).toMatchObject({ code: "timeout", path: "/notification-handlers/7" });
    });
  });

  test("an abort closes the connection", async () => {
    const controller = new AbortController();
    await new Promise<void>((closed, failed) => {
      const listener: RequestListener = (request) => {
        request.socket.on("close", closed);
        controller.abort();
      };
      serving([listener], async (baseUrl) => {
        const error = await rejection(client(baseUrl).get(7, { signal: controller.signal }));
        expect(error).toMatchObject({ code: "aborted" });
        await new Promise(setImmediate);
      }).catch(failed);
    });
  });

  test("a connection that is refused did not happen, so a create is sent again", async () => {
    const baseUrl = await serving([], async (baseUrl) => baseUrl);
    let attempts = 0;
    const counted = (request: Request, init?: RequestInit) => {
      attempts++;
      return fetch(request, init);
    };
    const create = client(baseUrl, { fetch: counted, retry: { limit: 2, baseDelay: 0 } }).create({
      type: "email",
      name: "x",
    });
    expect(await rejection(create)).toMatchObject({
      code: "network",
      message: expect.stringContaining("ECONNREFUSED"),
    });
    expect(attempts).toBe(3);
  });

  test("a redirect to another origin reaches nobody", async () => {
    await serving([(_, response) => ok(response)], async (elsewhere, reached) => {
      const redirect: RequestListener = (_, response) =>
        response.writeHead(302, { location: elsewhere }).end();
      await serving([redirect], async (baseUrl) => {
        expect(await rejection(client(baseUrl).get(7))).toMatchObject({ code: "redirect", status: 302 });
      });
      expect(reached).toEqual([]);
    });
  });
});

test("a redirect is not waited for: its connection is closed, whatever its body does", async () => {
  let close = () => {};
  const closed = new Promise<void>((resolve) => {
    close = resolve;
  });
  const server = createServer((_, response) => {
    response.on("close", close);
    response.writeHead(302, { location: "https://elsewhere.example/" }).write("Moved, and more is to come");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const client = createClient({ baseUrl: `http://127.0.0.1:${port}/api`, apiKey: "k" });
  expect(await rejection(client.get(1))).toMatchObject({ code: "redirect", status: 302 });
  await closed;
  server.close();
});
