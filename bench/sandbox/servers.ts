import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { instanceEntry, instanceNames } from "../../src/description/index.ts";

/** The instance that is measured: the one with the most types and parameters. */
export const instance = [...instanceNames].sort((one, other) => sizeOf(other) - sizeOf(one))[0] ?? "";

function sizeOf(name: string): number {
  const { types, parameters } = instanceEntry(name);
  return types.length + Object.keys(parameters).length;
}
export const apiKey = "bench-key";

export interface Server {
  readonly process: ChildProcess;
  readonly baseUrl: string;
  stop(): Promise<void>;
}

/**
 * The processor time that each process has used so far, in microseconds, which other processes don't affect. Linux gives it in hundredths of a second
 * (proc(5): utime and stime). It is missing on other systems, and for a process that has ended.
 */
export function processorTimes(pids: readonly number[]): ReadonlyMap<number, number> {
  const times = new Map<number, number>();
  for (const pid of pids) {
    const file = `/proc/${pid}/stat`;
    if (!existsSync(file)) continue;
    const fields = readFileSync(file, "utf8").split(") ")[1]?.split(" ") ?? [];
    times.set(pid, (Number(fields[11]) + Number(fields[12])) * 10_000);
  }
  return times;
}

/** The processor time that processes have used since then. */
export function usedSince(before: ReadonlyMap<number, number>): number {
  let sum = 0;
  for (const [pid, time] of processorTimes([...before.keys()])) sum += time - (before.get(pid) ?? 0);
  return sum;
}

/** Starts a process and waits until its output has a URL that matches. */
export function start(args: readonly string[], ready: RegExp): Promise<Server> {
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "ignore"] });
  const ended = new Promise<void>((resolve) => child.on("close", () => resolve()));
  return new Promise((resolve, reject) => {
    let text = "";
    child.stdout.on("data", (chunk) => {
      text += chunk;
      const [, baseUrl] = ready.exec(text) ?? [];
      if (baseUrl === undefined) return;
      const stop = () => {
        child.kill("SIGTERM");
        return ended;
      };
      resolve({ process: child, baseUrl, stop });
    });
    child.on("close", (code) => reject(new Error(`${args.join(" ")} ended with ${code}: ${text}`)));
  });
}

const loader = ["--import", "@oxc-node/core/register"];

/** The sandbox, started by its command; without a log unless the options ask for one. If an option is repeated, the last one counts. */
export function startSandboxProcess(...options: string[]): Promise<Server> {
  const common = [instance, "--port", "0", "--log", "none", "--api-key", apiKey];
  return start([...loader, "src/cli/sandbox.ts", ...common, ...options], /(http:\S+)/);
}

/**
 * Prism's command on the same bundle. By default it logs each request. If silenced, it does not even print that it is ready.
 *
 * @param silent without its log, which nobody reads here either way
 */
export async function startPrism(silent: boolean): Promise<Server> {
  const prism = createRequire(import.meta.url).resolve("@stoplight/prism-cli/dist/index.js");
  const port = String(await freePort());
  const bundle = `generated/${instance}/openapi.yaml`;
  const quiet = silent ? ["--verboseLevel", "silent"] : [];
  const options = ["mock", "--host", "127.0.0.1", "--port", port, ...quiet, bundle];
  const child = spawn(process.execPath, [prism, ...options], { stdio: ["ignore", "ignore", "inherit"] });
  const ended = new Promise<void>((resolve) => child.on("close", () => resolve()));
  const baseUrl = `http://127.0.0.1:${port}`;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`Prism ended with ${child.exitCode}`);
    const answered = await fetch(baseUrl).then(
      () => true,
      () => false,
    );
    if (answered) break;
    await setTimeout(100);
  }
  const stop = () => {
    child.kill("SIGKILL");
    return ended;
  };
  return { process: child, baseUrl, stop };
}

/** Bare node:http, which answers every request with the same bytes. */
export function startBare(body: string): Promise<Server> {
  return start([fileURLToPath(new URL("./bare.mjs", import.meta.url)), body], /(http:\S+)/);
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
