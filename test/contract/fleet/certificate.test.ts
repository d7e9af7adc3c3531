import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer as createTcp, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer } from "node:tls";
import { describe, expect, onTestFinished, test } from "vitest";
import { certificateEnd } from "../../../src/contract/index.ts";

const hasOpenssl = spawnSync("openssl", ["version"]).status === 0;

async function portOf(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

describe("the end of a host's certificate", () => {
  test.skipIf(!hasOpenssl)("is read without trust in it, and without a request (needs openssl)", async () => {
    const folder = mkdtempSync(join(tmpdir(), "certificate-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
    const made = [
      "req",
      "-x509",
      "-newkey",
      "ec",
      "-pkeyopt",
      "ec_paramgen_curve:P-256",
      "-nodes",
      "-days",
      "10",
    ];
    execFileSync("openssl", [...made, "-subj", "/CN=localhost", "-keyout", key, "-out", cert], {
      stdio: "ignore",
    });
    let bytes = 0;
    const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (socket) => {
      socket.on("data", (it) => {
        bytes += it.length;
      });
      socket.on("error", () => undefined);
    });
    const port = await portOf(server);
    const end = await certificateEnd(`https://localhost:${port}/api`);
    const days = ((end ?? 0) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(9.9);
    expect(days).toBeLessThan(10.1);
    expect(bytes).toBe(0);
  });

  test("is not known of http, of nobody, and of what speaks no TLS", async () => {
    const mute = createTcp((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
    const port = await portOf(mute);
    expect(await certificateEnd("http://127.0.0.1:1/api")).toBeUndefined();
    expect(await certificateEnd("https://127.0.0.1:1/api")).toBeUndefined();
    expect(await certificateEnd(`https://127.0.0.1:${port}/api`)).toBeUndefined();
  });

  test("is given up when the run is stopped", async () => {
    const port = await portOf(createTcp((socket) => socket.on("error", () => undefined)));
    expect(await certificateEnd(`https://127.0.0.1:${port}/api`, AbortSignal.abort())).toBeUndefined();
  });
});
