import { execFile } from "node:child_process";
import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { projectRoot } from "../../src/generate/paths.ts";
import type { Figure } from "../figures/figure.ts";

/** The most memory that a process may take that reads an endless answer, in MiB. The client reads 32 MiB at most. */
const PEAK_BAR = 512;
/** How many bytes of heap a call may leave behind: fewer than any object that it could leak. */
const LEAK_BAR = 100;

const run = promisify(execFile);
const loader = ["--import", "@oxc-node/core/register"];

const endless =
  (headers: Record<string, string>, chunk: Buffer): RequestListener =>
  (_, response) => {
    response.writeHead(200, headers);
    const write = () => {
      while (!response.destroyed && response.write(chunk));
    };
    response.on("drain", write);
    write();
  };
const hostile: Record<string, RequestListener> = {
  "a gzip bomb": endless({ "content-encoding": "gzip" }, gzipSync(Buffer.alloc(16 * 2 ** 20))),
  "an endless body": endless({}, Buffer.alloc(2 ** 20, " ")),
};

/** The peak memory of each kind of call to each server, in a process with 200 MiB of heap. */
async function peakOf(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  await once(server.listen(0, "127.0.0.1"), "listening");
  try {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
    const client = join(projectRoot, "test/client/hostile-client.ts");
    const { stdout } = await run(process.execPath, ["--max-old-space-size=200", ...loader, client, url]);
    return (JSON.parse(stdout) as { peak: number }).peak;
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** How many bytes the heap grows with each call: for calls that succeed, fail or are aborted, on one signal. */
async function leakOf(): Promise<Record<string, number>> {
  const { stdout } = await run(process.execPath, [
    "--expose-gc",
    ...loader,
    join(import.meta.dirname, "leaks.ts"),
  ]);
  return JSON.parse(stdout);
}

export async function benchMemory(): Promise<Figure[]> {
  const figures: Figure[] = [];
  console.log(`\n${"Memory under a hostile answer".padEnd(40)} MiB at most`);
  for (const [name, listener] of Object.entries(hostile)) {
    const peak = await peakOf(listener);
    console.log(`  ${name.padEnd(38)} ${peak.toFixed(0).padStart(11)}`);
    figures.push({ what: `memory under ${name}`, value: peak, unit: "MiB", most: PEAK_BAR });
  }
  console.log(`\n${"What calls leave on the heap".padEnd(40)} bytes each`);
  for (const [name, bytes] of Object.entries(await leakOf())) {
    console.log(`  ${name.padEnd(38)} ${bytes.toFixed(1).padStart(10)}`);
    figures.push({ what: `heap after ${name}`, value: bytes, unit: "bytes a call", most: LEAK_BAR });
  }
  return figures;
}
