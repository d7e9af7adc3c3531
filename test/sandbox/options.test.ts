import { describe, expect, test } from "vitest";
import { instanceEntry, instanceNames } from "../../src/description/index.ts";
import { createApp, listen } from "../../src/http/index.ts";
import {
  basePath,
  createSandbox,
  SandboxOptionError,
  StoreError,
  serveSandboxes,
  startSandbox,
  UnknownFaultError,
} from "../../src/sandbox/index.ts";
import { filtered, plain } from "../instances.ts";
import { harness, titles } from "./harness.ts";

describe("accounts", () => {
  test("a handler of one key is unknown to another, in every operation", async () => {
    const running = await serveSandboxes({ instances: [filtered], apiKeys: ["first", "second"] });
    const baseUrl = running.baseUrls.get(filtered);
    const ask = async (key: string, method: string, path: string, body?: URLSearchParams) => {
      const init: RequestInit = { method, headers: { authorization: `Bearer ${key}` } };
      if (body !== undefined) init.body = body;
      const answer = await fetch(`${baseUrl}/notification-handlers${path}`, init);
      return [answer.status, await answer.text()] as const;
    };
    const form = new URLSearchParams({ name: "mine", type: "email" });
    expect(await ask("first", "POST", "", form)).toEqual([200, '{"data":{"id":1}}']);
    for (const call of [
      ["GET", "/1"],
      ["POST", "/1", new URLSearchParams({ name: "yours" })],
      ["DELETE", "/1"],
    ] as const) {
      const [method, path, body] = call;
      expect((await ask("second", method, path, body))[0]).toBe(404);
    }
    expect((await ask("second", "GET", "/"))[1]).toContain('"total":0');
    expect(await ask("second", "POST", "", form)).toEqual([200, '{"data":{"id":2}}']);
    expect((await ask("first", "GET", "/1"))[1]).toContain('"name":"mine"');
    expect((await ask("first", "GET", "/"))[1]).toContain('"total":1');
    await running.close();
  });

  test("instances of one server share keys, but no handlers", async () => {
    const running = await serveSandboxes({});
    expect([...running.baseUrls.keys()]).toEqual(instanceNames);
    const headers = { authorization: `Bearer ${running.apiKeys[0]}` };
    for (const baseUrl of running.baseUrls.values()) {
      const list = async () =>
        (await (await fetch(`${baseUrl}/notification-handlers`, { headers })).json()).meta.total;
      expect(await list()).toBe(0);
      const body = new URLSearchParams({ name: "x", type: "email" });
      await fetch(`${baseUrl}/notification-handlers`, { method: "POST", headers, body });
      expect(await list()).toBe(1);
    }
    await running.close();
  });

  test("reset deletes the handlers of the key's account alone", async () => {
    const running = await serveSandboxes({ instances: [plain], apiKeys: ["a", "b"], seed: 3 });
    const root = running.baseUrls.get(plain)?.replace(/\/api$/, "");
    const total = async (key: string) => {
      const answer = await fetch(`${root}/api/notification-handlers`, {
        headers: { authorization: `Bearer ${key}` },
      });
      const { data, meta } = await answer.json();
      expect(data).toHaveLength(meta.total);
      return meta.total;
    };
    expect([await total("a"), await total("b")]).toEqual([3, 0]);
    await fetch(`${root}/_reset`, { method: "DELETE", headers: { authorization: "Bearer b" } });
    expect(await total("a")).toBe(3);
    await fetch(`${root}/_reset`, { method: "DELETE", headers: { authorization: "Bearer a" } });
    expect(await total("a")).toBe(0);
    await running.close();
  });
});

test("the same seed gives the same handlers, over all types; another gives others", async () => {
  const listed = async (seedValue: number) => {
    const sandbox = await harness({ instance: filtered, seed: 40, seedValue });
    const { data } = await sandbox.list("?results_per_page=50");
    await sandbox.close();
    return data;
  };
  const first = await listed(1);
  expect(first).toHaveLength(40);
  expect(new Set(first.map((it) => it.type)).size).toBe(instanceEntry(filtered).types.length);
  expect(new Set(first.map((it) => it.is_enabled)).size).toBe(2);
  expect(await listed(1)).toEqual(first);
  expect(await listed(2)).not.toEqual(first);
});

test("more requests in a minute than allowed are answered with 429 and how long to wait", async () => {
  let time = 0;
  const sandbox = await harness({ instance: plain, rateLimit: 2, now: () => time });
  expect([(await sandbox.list()).status, (await sandbox.list()).status]).toEqual([200, 200]);
  time = 20_000;
  const refused = await sandbox.list();
  expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "40"]);
  titles(refused);
  time = 60_000;
  expect((await sandbox.list()).status).toBe(200);
  await sandbox.close();
});

test("with a latency an answer comes, later", async () => {
  const sandbox = await harness({ instance: plain, latency: 5 });
  expect((await sandbox.list()).status).toBe(200);
  await sandbox.close();
});

test("a server that closes does not wait for an answer that is held back", async () => {
  const sandbox = await harness({ instance: plain, fault: "list-late" });
  const pending = sandbox.list();
  await sandbox.read(1);
  await sandbox.close();
  expect((await pending).status).toBe(200);
});

test("a fault of one start holds for all requests, and a header for one", async () => {
  const faulty = await harness({ instance: plain, fault: "list-status-206" });
  expect((await faulty.list()).status).toBe(206);
  await faulty.close();

  const asked = await harness({ instance: plain, allowFaults: true });
  const headers = { authorization: `Bearer ${asked.apiKey}` };
  const withFault = { ...headers, "Sandbox-Fault": "list-status-206" };
  expect((await asked.ask("GET", "/notification-handlers/", undefined, withFault)).status).toBe(206);
  expect((await asked.list()).status).toBe(200);
  await asked.close();

  const faithful = await harness({ instance: plain });
  const refused = { authorization: `Bearer ${faithful.apiKey}`, "Sandbox-Fault": "list-status-206" };
  const answer = await faithful.ask("GET", "/notification-handlers/", undefined, refused);
  expect(answer.status).toBe(400);
  expect(titles(answer)).toEqual([
    expect.stringMatching(/^Sandbox-Fault is not allowed here: .*--allow-faults/),
  ]);
  await faithful.close();
});

test("what can't be served is said when it is asked for", async () => {
  await expect(startSandbox({ instance: "nix.example" })).rejects.toThrow(plain);
  await expect(startSandbox({ instance: plain, fault: "nix" })).rejects.toThrow(UnknownFaultError);
  await expect(startSandbox({ instance: plain, fault: "search-ignored" })).rejects.toThrow(/lacks/);
  await expect(startSandbox({ instance: plain, db: "/no/such/folder/x.db" })).rejects.toThrow(StoreError);
});

describe("options that can't be meant are refused, and named", () => {
  test.each([
    ["seed", -1, /^seed must be a whole number from 0 to 999999999, not -1\.$/],
    ["seed", 1.5, /not 1\.5\.$/],
    ["seed", Number.NaN, /not NaN\.$/],
    ["seed", Number.POSITIVE_INFINITY, /not Infinity\.$/],
    ["seed", "20", /not a string\.$/],
    ["seedValue", -1, /^seedValue must be/],
    ["seedValue", 2 ** 32, /to 4294967295/],
    ["rateLimit", 0, /^rateLimit must be a whole number from 1/],
    ["rateLimit", Number.NaN, /^rateLimit/],
    ["latency", -5, /^latency must be a whole number from 0/],
    ["latency", 2 ** 31, /^latency/],
    ["latency", null, /^latency/],
    ["apiKey", "", /^An API key must be printable ASCII/],
    ["apiKey", "s3cr3t\r\nX: y", /^An API key must be printable ASCII(?!.*s3cr3t)/],
    ["apiKey", "schlüssel", /^An API key/],
    ["db", "", /^db must name a file/],
    ["publicUrl", "sandbox.example.com", /^publicUrl must be an http or https URL/],
    ["publicUrl", "https://sandbox.example.com/below", /without a path/],
    [
      "fault",
      "nix",
      /^Unknown fault "nix": the nearest of the \d+ names are .*--list-faults .* names them all\.$/,
    ],
  ])("%s: %j", async (name, value, message) => {
    await expect(startSandbox({ instance: plain, [name]: value })).rejects.toThrow(message);
  });

  test("by an error of their own", async () => {
    await expect(startSandbox({ instance: plain, seed: -1 })).rejects.toThrow(SandboxOptionError);
  });

  test.each([
    ["sed", /^There is no option "sed": the nearest of the \d+ names are seed, /],
    ["apiKeys", /^There is no option "apiKeys": .* are apiKey, /],
  ])("%s, which there is not", async (name, message) => {
    await expect(startSandbox({ instance: plain, [name]: 3 })).rejects.toThrow(message);
  });

  test.each([
    ["seed", 0],
    ["seedValue", 0],
    ["rateLimit", undefined],
    ["latency", 0],
  ])("%s: %j is accepted", async (name, value) => {
    await (await startSandbox({ instance: plain, [name]: value })).close();
  });
});

test("links begin with the public URL where there is one", async () => {
  const sandbox = await harness({ instance: plain, publicUrl: "https://sandbox.example.com" });
  const url = new URL(`${sandbox.baseUrl}/notification-handlers`);
  const { links } = await sandbox.list();
  expect(links.self).toBe(`https://sandbox.example.com${url.pathname}?&page=1`);
  await sandbox.close();
});

test.each([
  ["links-to-another-host", /^https:\/\/elsewhere\.example\/sandbox\//],
  ["links-relative", /^\/sandbox\//],
])("the fault %s also changes links that begin with an https URL", async (fault, form) => {
  const sandbox = await harness({ instance: plain, publicUrl: "https://sandbox.example.com", fault });
  expect((await sandbox.list()).links.self).toMatch(form);
  await sandbox.close();
});

test("links name the host that the client addressed, and nothing else that it sent", async () => {
  const sandbox = await createSandbox({ instances: [plain], apiKeys: ["k"] });
  const app = createApp();
  await app.register(sandbox.plugin);
  await listen(app, "127.0.0.1", 0);
  const url = `${basePath(plain)}/notification-handlers`;
  const linkFor = async (host: string) => {
    const headers = { authorization: "Bearer k", host, "x-forwarded-host": "evil.example" };
    return (await app.inject({ url, headers })).json().links.self;
  };
  expect(await linkFor("localhost:4020")).toBe(`http://localhost:4020${url}?&page=1`);
  expect(await linkFor("[::1]:4020")).toBe(`http://[::1]:4020${url}?&page=1`);
  expect(await linkFor('"><script>')).not.toContain("script");
  await app.close();
  await sandbox.close();
});
