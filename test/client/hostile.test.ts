import { execFile } from "node:child_process";
import { createServer, type RequestListener, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const MIB = 2 ** 20;
const spaces = Buffer.alloc(MIB, " ");
/** 16 MiB in 16 kB; what is unpacked goes on as long as these follow each other. */
const packed = gzipSync(Buffer.alloc(16 * MIB));

/** Writes the same again for as long as the other side takes it. */
function endless(response: ServerResponse, chunk: Buffer): void {
  const write = () => {
    while (!response.destroyed && response.write(chunk));
  };
  response.on("drain", write);
  write();
}

const servers: Record<string, RequestListener> = {
  "a gzip bomb": (_, response) => endless(response.writeHead(200, { "content-encoding": "gzip" }), packed),
  "a gzip bomb with an error status": (_, response) =>
    endless(response.writeHead(500, { "content-encoding": "gzip" }), packed),
  "an endless body": (_, response) => endless(response.writeHead(200), spaces),
};

const child = fileURLToPath(new URL("hostile-client.ts", import.meta.url));

/** How the calls end, made in a process that is short of memory. */
async function callFrom(baseUrl: string, maxResponseSize: string, ...names: string[]) {
  const { stdout } = await promisify(execFile)(process.execPath, [
    "--max-old-space-size=200",
    "--import",
    "@oxc-node/core/register",
    child,
    baseUrl,
    maxResponseSize,
    ...names,
  ]);
  return JSON.parse(stdout) as { ends: Record<string, string>; peak: number };
}

const tooLargeAt = (bytes: number) =>
  expect.stringMatching(
    new RegExp(`^too_large: \\w+ \\S+: the answer is larger than maxResponseSize, ${bytes} bytes$`),
  );

/** In MiB. What is sent is endless: without a bound it is gigabytes. What is collected when differs from run to run. */
const mostMemory = 512;

describe.each(Object.keys(servers))("%s", (name) => {
  let server: Server;
  let baseUrl: string;
  beforeAll(async () => {
    server = createServer(servers[name]);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  test("ends every call with an error of its own, in bounded memory", async () => {
    const { ends, peak } = await callFrom(baseUrl, "1000");
    const tooLarge = tooLargeAt(1000);
    expect(ends).toEqual({
      list: tooLarge,
      delete: tooLarge,
      http: tooLarge,
      "http, as text": tooLarge,
      "http, as bytes": tooLarge,
      "http, as a stream": tooLarge,
      "http, a clone in middleware": tooLarge,
    });
    expect(peak).toBeLessThan(mostMemory);
  });

  // What is unpacked up to the usual bound takes long: it is tried with one server.
  test.runIf(name === "a gzip bomb")("is held to 32 MiB unless said", async () => {
    const { ends, peak } = await callFrom(baseUrl, "", "list", "http, as text");
    const tooLarge = tooLargeAt(32 * MIB);
    expect(ends).toEqual({ list: tooLarge, "http, as text": tooLarge });
    expect(peak).toBeLessThan(mostMemory);
  });
});
