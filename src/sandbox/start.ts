import { instanceNames, shortList, strayOption } from "../description/index.ts";
import { closeSoon, listen } from "../http/index.ts";
import { problemOfStart, type StartServerOptions, startServerOptionNames } from "../workbench/index.ts";
import { createSandboxApp } from "./app.ts";
import { SandboxOptionError, type SandboxOptions } from "./options.ts";
import { basePath, createSandbox } from "./sandbox.ts";

/** Options of a sandbox server. */
export interface ServeOptions extends SandboxOptions, StartServerOptions {}

/** All option names, to find misspelled ones in programs without types. */
const optionNames = Object.keys({
  instances: true,
  descriptions: true,
  db: true,
  dbConnections: true,
  apiKeys: true,
  seed: true,
  seedValue: true,
  snapshot: true,
  rateLimit: true,
  publicUrl: true,
  latency: true,
  fault: true,
  allowFaults: true,
  strict: true,
  now: true,
} satisfies Record<keyof SandboxOptions, true>).concat(startServerOptionNames);

/** Running sandboxes on one port. */
export interface RunningSandboxes {
  /** The base URL of each instance's API, by name. */
  readonly baseUrls: ReadonlyMap<string, string>;
  readonly apiKeys: readonly string[];
  /** Finishes the running requests, then closes the database. */
  close(): Promise<void>;
}

/** Starts sandboxes. Throws what createSandbox throws, and ListenError. */
export async function serveSandboxes(options: ServeOptions = {}): Promise<RunningSandboxes> {
  checkNames(options, optionNames);
  const problem = problemOfStart(options);
  if (problem !== undefined) throw new SandboxOptionError(problem);
  const sandbox = await createSandbox(options);
  const { host = "127.0.0.1", port = 0, allowHosts = [] } = options;
  const app = await createSandboxApp(sandbox, { ...options, hosts: [host, ...allowHosts] });
  const origin = await listen(app, host, port).catch(async (error: unknown) => {
    await app.close();
    throw error;
  });
  return {
    baseUrls: new Map(sandbox.instances.map((name) => [name, origin + basePath(name)])),
    apiKeys: sandbox.apiKeys,
    close: () => closeSoon(app),
  };
}

/** Options of a sandbox for a test. */
export interface StartOptions extends Omit<ServeOptions, "instances" | "apiKeys"> {
  /** The name of the instance, or `family`. Default: that of `descriptions`. */
  readonly instance?: string | undefined;
  /** Default: a random key. */
  readonly apiKey?: string | undefined;
}

const startNames = [
  ...["instance", "apiKey"],
  ...optionNames.filter((name) => name !== "instances" && name !== "apiKeys"),
];

/** A running sandbox of one instance. */
export interface StartedSandbox {
  /** `http://127.0.0.1:<port>/sandbox/<instance>/api` */
  readonly baseUrl: string;
  readonly apiKey: string;
  close(): Promise<void>;
}

/**
 * Starts the sandbox of one instance. By default it is empty, in memory, on a free port.
 *
 *     const sandbox = await startSandbox({ instance: "bitpeak.ru" });
 *     await fetch(`${sandbox.baseUrl}/notification-handlers`, { headers: { authorization: `Bearer ${sandbox.apiKey}` } });
 *     await sandbox.close();
 *
 * Throws SandboxOptionError, UnknownInstanceError, UnknownFaultError, SandboxModelError, ListenError, and StoreError if `db` can't be used.
 */
export async function startSandbox(given: StartOptions): Promise<StartedSandbox> {
  const { instance: named, apiKey, ...options }: Partial<StartOptions> = given ?? {};
  checkNames(given ?? {}, startNames);
  const instance = named ?? options.descriptions?.[0]?.name;
  if (typeof instance !== "string")
    throw new SandboxOptionError(`instance must be one of ${shortList(instanceNames)}, or family.`);
  const apiKeys = apiKey === undefined ? undefined : [apiKey];
  const running = await serveSandboxes({ ...options, instances: [instance], apiKeys });
  return {
    baseUrl: running.baseUrls.get(instance) ?? "",
    apiKey: running.apiKeys[0] ?? "",
    close: running.close,
  };
}

/** Throws SandboxOptionError for an unknown option, which would have no effect. */
function checkNames(options: unknown, known: readonly string[]): void {
  const stray = strayOption(options, known);
  if (stray !== undefined) throw new SandboxOptionError(stray);
}
