import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { createServer, request as forward, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { marker, sweepInstance } from "../../src/contract/index.ts";
import { type RunningSandboxes, serveSandboxes } from "../../src/sandbox/index.ts";
import { nodeArguments } from "../cli/built.ts";
import { timesOf } from "../scope.ts";

/** How many runs are killed, and how many get each of the other signals. */
const kills = timesOf("CONTRACT_KILLS", { usual: 1, all: 50 });
/** The signals that ask a run to stop: one stands for all, which the command takes alike. */
const signals = kills > 1 ? (["SIGINT", "SIGTERM", "SIGHUP"] as const) : (["SIGTERM"] as const);
/** A test that goes on after its time is up would disturb the next one. */
const patience = 60_000 * Math.max(kills, 5);
const instance = "k.aws.bj";
const root = fileURLToPath(new URL("../..", import.meta.url));

let sandbox: RunningSandboxes;
let folder: string;
let proxy: Server;
let baseUrl: string;
/** Called before each request goes on to the sandbox, with how many there were. */
let onRequest: (count: number) => void = () => undefined;
let count = 0;

beforeAll(async () => {
  sandbox = await serveSandboxes({ instances: [instance], seed: 30 });
  folder = await mkdtemp(join(tmpdir(), "contract-killed-"));
  const target = new URL(sandbox.baseUrls.get(instance) ?? "");
  proxy = createServer((incoming, outgoing) => {
    const headers = { ...incoming.headers, host: incoming.headers.host };
    const onward = forward(
      {
        ...{ port: target.port, host: target.hostname },
        path: incoming.url,
        method: incoming.method,
        headers,
      },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(outgoing);
      },
    );
    onward.on("error", () => outgoing.destroy());
    incoming.pipe(onward);
    onRequest(++count);
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  baseUrl = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}${target.pathname}`;
});

afterAll(async () => {
  proxy.closeAllConnections();
  proxy.close();
  await sandbox.close();
  await rm(folder, { recursive: true, force: true });
});

async function wholeList(): Promise<string> {
  const response = await fetch(`${baseUrl}/notification-handlers/?results_per_page=1000`, {
    headers: { authorization: `Bearer ${sandbox.apiKeys[0]}` },
  });
  return response.text();
}

/** Runs the command, and sends it a signal as soon as so many requests have been sent. */
async function interruptedRun(after: number, signal: NodeJS.Signals): Promise<number | null> {
  const arguments_ = [...nodeArguments("src/cli/contract.ts"), instance, "--write"];
  const child = spawn(process.execPath, [...arguments_, "--base-url", baseUrl, "--journal", folder], {
    cwd: root,
    env: { ...process.env, NOTIFICATION_HANDLERS_API_KEY: sandbox.apiKeys[0] },
    stdio: "ignore",
  });
  count = 0;
  onRequest = (sent) => void (sent === after && child.kill(signal));
  const [code] = await once(child, "exit");
  onRequest = () => undefined;
  return code;
}

test(
  `of ${kills} runs that are killed at random moments, a sweep leaves nothing, and nothing else is touched`,
  async () => {
    const before = await wholeList();
    const moments = Array.from({ length: kills }, () => 2 + Math.floor(Math.random() * 80));
    for (const moment of moments) expect(await interruptedRun(moment, "SIGKILL")).toBeNull();
    await sweepInstance({
      instance,
      baseUrl,
      keys: { valid: sandbox.apiKeys[0] ?? "" },
      journalFolder: folder,
    });
    const after = await wholeList();
    expect(after, `killed after ${moments.join(", ")} requests`).not.toContain(marker);
    expect(after).toBe(before);
    expect(await readdir(folder)).toEqual([]);
  },
  patience,
);

test.each(signals)(
  `a run that gets %s at any moment cleans up before it ends`,
  async (signal) => {
    const before = await wholeList();
    for (let time = 0; time < kills; time++) {
      const moment = 2 + Math.floor(Math.random() * 80);
      expect(await interruptedRun(moment, signal)).toBe(2);
      expect(await wholeList(), `${signal} after ${moment} requests`).toBe(before);
      expect(await readdir(folder)).toEqual([]);
    }
  },
  patience,
);
