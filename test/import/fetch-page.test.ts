import dns from "node:dns";
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import { syncBuiltinESMExports } from "node:module";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { fetchPage, ImportError, maxBytes } from "../../src/import/index.ts";

const answers: Record<string, RequestListener> = {
  "/page": (_request, response) => {
    response.setHeader("content-type", 'Text/HTML; charset="windows-1251"').end("<p>page</p>");
  },
  "/moved": (_request, response) => response.writeHead(302, { location: "/page" }).end(),
  "/other": (_request, response) => response.writeHead(301, { location: `${other}/page` }).end(),
  "/file": (_request, response) => response.writeHead(302, { location: "file:///etc/hosts" }).end(),
  "/nowhere": (_request, response) => response.writeHead(302, { location: "http://[" }).end(),
  "/choice": (_request, response) => response.writeHead(300, { location: "/page" }).end(),
  "/made": (_request, response) => response.writeHead(201, { location: "/page" }).end("made"),
  "/failed": (_request, response) => response.writeHead(400, { location: "/page" }).end("failed"),
  "/lost": (_request, response) => response.writeHead(302).end("lost"),
  "/plain": (_request, response) => {
    response.setHeader("content-type", "text/plain ; charset = utf-8; x=charset").end("plain");
  },
  "/bare": (_request, response) => response.end("bare"),
  "/round": (_request, response) => response.writeHead(302, { location: "/round" }).end(),
  "/full": (_request, response) => response.end(Buffer.alloc(maxBytes)),
  "/large": (_request, response) => {
    const write = () => {
      while (response.write(Buffer.alloc(2 ** 16)));
    };
    response.on("drain", write);
    write();
  },
  "/silent": () => {},
  "/slow": (_request, response) => {
    const timer = setInterval(() => response.write("a"), 20);
    response.on("close", () => clearInterval(timer));
  },
  "/gone": (_request, response) => response.writeHead(404).end("secret of the server"),
  "/broken": (_request, response) => {
    response.writeHead(200, { "content-length": "100" });
    response.write("a", () => response.destroy());
  },
};

let server: Server;
let origin = "";
/** The same server under another name. */
let other = "";
let seen: IncomingMessage[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    seen.push(request);
    answers[request.url ?? ""]?.(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  origin = `http://127.0.0.1:${port}`;
  other = `http://localhost:${port}`;
});

beforeEach(() => {
  seen = [];
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const allowed = { allowPrivate: true, timeout: 20_000 };

test.each(["/page", "/moved"])("%s is read with a GET that tells nothing of the person", async (path) => {
  const { bytes, ...rest } = await fetchPage(`${origin}${path}`, allowed);
  expect(Buffer.from(bytes).toString()).toBe("<p>page</p>");
  expect(rest).toEqual({ encoding: "windows-1251", type: "text/html", url: `${origin}/page` });
  for (const { method, headers } of seen) {
    expect(method).toBe("GET");
    expect(Object.keys(headers).sort()).toEqual(["accept", "accept-encoding", "connection", "host"]);
  }
});

test.each([
  ["/plain", { encoding: "utf-8", type: "text/plain" }],
  ["/bare", { encoding: undefined, type: "" }],
])("%s is described by its header alone", async (path, described) => {
  expect(await fetchPage(`${origin}${path}`, allowed)).toMatchObject(described);
});

test("an answer with the lowest status of redirects is one", async () => {
  expect((await fetchPage(`${origin}/choice`, allowed)).url).toBe(`${origin}/page`);
});

test.each([
  ["/made", 201],
  ["/failed", 400],
  ["/lost", 302],
])("%s is no redirect, and no page", async (path, status) => {
  await expect(fetchPage(`${origin}${path}`, allowed)).rejects.toThrow(
    `It answers with status ${status}: save the page and give the file.`,
  );
  expect(seen).toHaveLength(1);
});

test("a page as large as allowed is read", async () => {
  expect((await fetchPage(`${origin}/full`, allowed)).bytes).toHaveLength(maxBytes);
});

test.each([
  ["another host", "/other", /leads to http:\/\/localhost:\d+: give that address/, 1],
  ["another scheme", "/file", /not file:/, 1],
  ["no address", "/nowhere", /leads to no address/, 1],
  ["itself", "/round", /redirects more than 3 times/, 4],
])("a redirect to %s is refused", async (_, path, message, requests) => {
  await expect(fetchPage(`${origin}${path}`, allowed)).rejects.toThrow(message);
  expect(seen).toHaveLength(requests);
});

test.each([
  ["too large", "/large", /more than 5 MiB/, 20_000],
  ["never answered", "/silent", /did not answer in time/, 300],
  ["never ended", "/slow", /did not answer in time/, 300],
  ["not there", "/gone", /^It answers with status 404/, 20_000],
  ["broken off", "/broken", /can't be fetched/, 20_000],
])("a page that is %s is refused", async (_, path, message, timeout) => {
  const refused = fetchPage(`${origin}${path}`, { ...allowed, timeout });
  await expect(refused).rejects.toThrow(message);
  await expect(refused).rejects.toBeInstanceOf(ImportError);
});

test.each([
  "127.0.0.1",
  "localhost",
  "a.localhost",
  "LOCALHOST.",
  "a.localhost.",
  "127.1",
  "2130706433",
  "0x7f.1",
  "0.0.0.0",
  "[::1]",
  "[::ffff:127.0.0.1]",
  "[::]",
  "[fe80::1]",
  "[fd00::1]",
  "10.0.0.1",
  "172.16.0.1",
  "192.168.1.1",
  "169.254.169.254",
  "100.64.0.1",
])("%s is asked only with --private", async (host) => {
  const { port } = new URL(origin);
  await expect(fetchPage(`http://${host}:${port}/page`)).rejects.toThrow(/is not a public address/);
  expect(seen).toEqual([]);
});

test.each([
  ["ftp://host.example/page", /not ftp:/],
  ["file:///etc/hosts", /not file:/],
  ["javascript://host/%0aalert", /not javascript:/],
  ["https://name:word@host.example/page", /a user name or a password/],
  ["https://name@host.example/page", /a user name or a password/],
  ["http://", /is not a URL/],
])("%s is refused before anything is asked", async (address, message) => {
  await expect(fetchPage(address, allowed)).rejects.toThrow(message);
  await expect(fetchPage(address, allowed)).rejects.not.toThrow(/word@/);
});

describe("a name", () => {
  const { lookup } = dns;
  /** Has every name resolve to these addresses, or to none. */
  const resolveTo = (...addresses: string[]) => {
    const fake = (_host: string, _options: object, callback: (...answer: unknown[]) => void) =>
      addresses.length === 0
        ? callback(new Error("getaddrinfo ENOTFOUND"))
        : callback(
            null,
            addresses.map((address) => ({ address, family: 4 })),
          );
    dns.lookup = fake as typeof lookup;
    syncBuiltinESMExports();
  };
  afterEach(() => {
    dns.lookup = lookup;
    syncBuiltinESMExports();
  });
  const address = () => origin.replace("127.0.0.1", "page.example");

  test.each([
    ["a private address", ["127.0.0.1"]],
    ["public and private addresses", ["192.0.9.1", "127.0.0.1"]],
  ])("that resolves to %s is asked only with --private", async (_, addresses) => {
    resolveTo(...addresses);
    await expect(fetchPage(`${address()}/page`)).rejects.toThrow(
      /^127\.0\.0\.1 is not a public address: .*--private/,
    );
    expect(seen).toEqual([]);
  });

  test("is resolved once, and the address that was checked is asked", async () => {
    resolveTo("127.0.0.1");
    expect((await fetchPage(`${address()}/page`, allowed)).type).toBe("text/html");
    expect(seen.map(({ headers }) => headers.host)).toEqual([new URL(address()).host]);
  });

  test("that resolves to nothing is told", async () => {
    resolveTo();
    await expect(fetchPage(`${address()}/page`, allowed)).rejects.toThrow(
      "It can't be fetched: getaddrinfo ENOTFOUND.",
    );
  });
});
