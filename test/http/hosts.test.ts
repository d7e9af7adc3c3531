import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createApp, isHost, listen } from "../../src/http/index.ts";
import { send, titlesOf } from "../mock/harness.ts";

describe.each([
  [
    "nothing more",
    [],
    [
      "",
      "localhost",
      "LOCALHOST:1",
      "localhost.",
      "api.localhost:80",
      "127.0.0.1",
      "127.1.2.3:9",
      "[::1]:4010",
    ],
    ["evil.example", "evil.example:80", "localhost.evil.example", "127.0.0.1.evil.example", "192.0.2.1"],
  ],
  [
    "a name",
    ["Box.local"],
    ["box.local:4010", "BOX.LOCAL.", "localhost"],
    ["local", "x.box.local", "192.0.2.1"],
  ],
  ["an address", ["192.0.2.1"], ["192.0.2.1:4010", "127.0.0.1"], ["192.0.2.2", "evil.example"]],
  ["an address of IPv6", ["2001:db8::1"], ["[2001:db8::1]:4010"], ["[2001:db8::2]", "evil.example"]],
  [
    "all addresses",
    ["0.0.0.0"],
    ["0.0.0.0:4010", "192.0.2.1", "[2001:db8::1]:1", "localhost"],
    ["evil.example"],
  ],
  ["all addresses of IPv6", ["::"], ["[::]:4010", "192.0.2.1"], ["evil.example", "192.0.2.1.evil.example"]],
  ["several", ["0.0.0.0", "devbox"], ["devbox:4010", "192.0.2.1"], ["evil.example"]],
])("a server that was started for %s", (_, hosts, letIn, foreign) => {
  const app = createApp({ hosts });
  app.get("/", async () => "secret");
  app.delete("/", async () => "deleted");
  let origin = "";
  beforeAll(async () => {
    origin = await listen(app, "127.0.0.1", 0);
  });
  afterAll(() => app.close());
  const ask = (method: string, host: string) =>
    send(origin, `${method} / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);

  test.each(letIn)("answers %j", async (host) => {
    expect((await ask("GET", host)).status).toBe(200);
  });
  test.each(foreign)("refuses %j, whatever the method", async (host) => {
    for (const method of ["GET", "DELETE", "OPTIONS", "PUT"]) {
      const answer = await ask(method, host);
      expect(answer.status).toBe(403);
      expect(titlesOf(answer)).toEqual([expect.stringContaining(host)]);
      expect(answer.text).not.toContain("secret");
    }
  });
});

test("a refusal stays short, however long the host is", async () => {
  const app = createApp();
  const origin = await listen(app, "127.0.0.1", 0);
  const answer = await send(
    origin,
    `GET / HTTP/1.1\r\nHost: ${"a".repeat(10_000)}\r\nConnection: close\r\n\r\n`,
  );
  expect(answer.status).toBe(403);
  expect(answer.text.length).toBeLessThan(700);
  await app.close();
});

test.each([
  ["localhost", true],
  ["box.local", true],
  ["my_box", true],
  ["192.0.2.1", true],
  ["::1", true],
  ["[::1]", true],
  ["box.local:4010", false],
  ["http://box.local", false],
  ["*", false],
  ["", false],
  ["a b", false],
])("%j can be let in: %j", (text, expected) => {
  expect(isHost(text)).toBe(expected);
});
