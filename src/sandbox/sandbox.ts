import type { FastifyPluginCallback } from "fastify";
import { instanceNames, loadDescription } from "../description/index.ts";
import { type Fault, faults, findFault } from "./faults/index.ts";
import { createInstance, instancesPlugin } from "./instance.ts";
import { hashKey, makeKey } from "./keys.ts";
import { type Model, readModel } from "./model.ts";
import { checkOptions, type SandboxOptions } from "./options.ts";
import { createRateLimit } from "./rate-limit.ts";
import { seedRecords } from "./seed.ts";
import { openStore, type Store } from "./store/index.ts";

/** Sandboxes of some instances over one store. */
export interface Sandbox {
  readonly instances: readonly string[];
  readonly apiKeys: readonly string[];
  /** Serves each instance at `/sandbox/<instance>/api` below the plugin's prefix. */
  readonly plugin: FastifyPluginCallback;
  /** Closes the database; the server has to be closed before. */
  close(): Promise<void>;
}

/** Where an instance is served, below the server's root. */
export function basePath(instance: string): string {
  return `/sandbox/${instance}/api`;
}

/**
 * Prepares sandboxes, and opens their database. What is asked for by name, or described, is prepared here; where all instances of the register are served, each
 * is at the first request to it. Rejects with SandboxOptionError, UnknownInstanceError, UnknownFaultError, BundleError, SandboxModelError,
 * and StoreError where the database can't be used.
 */
export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  checkOptions(options);
  const { instances = [], descriptions = [] } = options;
  const described = new Map(descriptions.map((each) => [each.name, each]));
  const isNamed = instances.length > 0 || descriptions.length > 0;
  const names = isNamed ? [...new Set([...instances, ...described.keys()])] : instanceNames;
  const modelOf = remembered((name: string) => readModel(described.get(name) ?? loadDescription(name)));
  const fault = options.fault === undefined ? undefined : findFault(options.fault, names, modelOf);
  if (isNamed) for (const name of names) modelOf(name);
  const store = await openStore(options.db);
  try {
    return await assemble(names, modelOf, store, fault, options);
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function assemble(
  names: readonly string[],
  modelOf: (name: string) => Model,
  store: Store,
  fault: Fault | undefined,
  options: SandboxOptions,
): Promise<Sandbox> {
  const apiKeys = options.apiKeys?.length ? [...new Set(options.apiKeys)] : [makeKey()];
  const keyHashes = apiKeys.map(hashKey);
  const clock = options.now ?? Date.now;
  const now = () => Math.floor(clock() / 1000);
  await store.addKeys(keyHashes.map((hash) => ({ name: "", hash, added: now() })));
  const { seed = 0, seedValue = 1 } = options;
  const [firstKey] = keyHashes;
  if (seed > 0 && firstKey !== undefined) {
    for (const name of names) {
      const account = (await store.account(name, firstKey)) as number;
      await store.createIfEmpty(account, seedRecords(modelOf(name), seed, seedValue));
    }
  }
  const instanceOf = remembered((name: string) => {
    const model = modelOf(name);
    return createInstance({
      model,
      store,
      now,
      rateLimit: options.rateLimit ? createRateLimit(options.rateLimit, now, store.countRequest) : undefined,
      fault: fault?.appliesTo?.(model) === false ? undefined : fault,
      faults: options.allowFaults ? faults : undefined,
      strict: options.strict === true,
    });
  });
  const instances = new Map(names.map((name) => [name, () => instanceOf(name)]));
  return {
    instances: names,
    apiKeys,
    plugin: (app, _options, done) => {
      app.register(instancesPlugin, { prefix: "/sandbox", instances, latency: options.latency ?? 0 });
      done();
    },
    close: async () => store.close(),
  };
}

/** Remembers what was made for each name; what throws is tried again. */
function remembered<T>(make: (name: string) => T): (name: string) => T {
  const made = new Map<string, T>();
  return (name) => {
    const known = made.get(name);
    if (known !== undefined) return known;
    const value = make(name);
    made.set(name, value);
    return value;
  };
}
