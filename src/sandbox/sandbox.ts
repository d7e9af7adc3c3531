import type { FastifyPluginCallback } from "fastify";
import { type Description, instanceNames, loadDescription } from "../description/index.ts";
import { type Fault, faults, findFault } from "./faults/index.ts";
import { createInstance, instancesPlugin } from "./instance.ts";
import { hashKey, makeKey } from "./keys.ts";
import { type Model, readModel } from "./model.ts";
import { checkOptions, type SandboxOptions } from "./options.ts";
import { createRateLimit } from "./rate-limit.ts";
import { seedRecords } from "./seed.ts";
import { openSqliteStore, type Store } from "./store/index.ts";

/** Sandboxes of some instances over one store. */
export interface Sandbox {
  readonly instances: readonly string[];
  readonly apiKeys: readonly string[];
  /** Serves each instance at `/sandbox/<instance>/api` below the plugin's prefix. */
  readonly plugin: FastifyPluginCallback;
  /**
   * Serves an instance from another description of it from now on, over the same handlers. Throws SandboxModelError, and serves what it did, when
   * that has something which can't be served.
   */
  replace(description: Description): void;
  /** Closes the database; the server has to be closed before. */
  close(): void;
}

/** How long a write may hold up all other requests while another process writes. */
const blockingMilliseconds = 10;

/** Where an instance is served, below the server's root. */
export function basePath(instance: string): string {
  return `/sandbox/${instance}/api`;
}

/**
 * Prepares sandboxes. What is asked for by name, or described, is prepared here; where all instances of the register are served, each
 * is at the first request to it. Throws SandboxOptionError, UnknownInstanceError, UnknownFaultError, BundleError, SandboxModelError,
 * and StoreError where the database can't be used.
 */
export function createSandbox(options: SandboxOptions = {}): Sandbox {
  checkOptions(options);
  const { instances = [], descriptions = [] } = options;
  const described = new Map(descriptions.map((each) => [each.name, each]));
  const isNamed = instances.length > 0 || descriptions.length > 0;
  const names = isNamed ? [...new Set([...instances, ...described.keys()])] : instanceNames;
  const models = remembered((name: string) => readModel(described.get(name) ?? loadDescription(name)));
  const modelOf = models.of;
  const fault = options.fault === undefined ? undefined : findFault(options.fault, names, modelOf);
  if (isNamed) for (const name of names) modelOf(name);
  const store = openSqliteStore(options.db);
  try {
    return assemble({ names, models, store, fault, isNamed }, options);
  } catch (error) {
    store.close();
    throw error;
  }
}

/** What a sandbox is put together of. */
interface Parts {
  readonly names: readonly string[];
  readonly models: Remembered<Model>;
  readonly store: Store;
  readonly fault: Fault | undefined;
  /** Whether all is prepared now, and not at the first request to it. */
  readonly isNamed: boolean;
}

function assemble({ names, models, store, fault, isNamed }: Parts, options: SandboxOptions): Sandbox {
  const apiKeys = options.apiKeys?.length ? [...new Set(options.apiKeys)] : [makeKey()];
  const keyHashes = apiKeys.map(hashKey);
  const clock = options.now ?? Date.now;
  const now = () => Math.floor(clock() / 1000);
  // Nobody who asks for an instance should have to wait until the database can be written.
  store.addAccounts(names, keyHashes);
  const { seed = 0, seedValue = 1 } = options;
  const [firstKey] = keyHashes;
  const seeded = new Set<string>();
  const seedOnce = (name: string): void => {
    if (seed === 0 || firstKey === undefined || seeded.has(name)) return;
    const { id } = store.addAccount(name, firstKey);
    store.createIfEmpty(id, seedRecords(models.of(name), seed, seedValue));
    seeded.add(name);
  };
  if (isNamed) names.forEach(seedOnce);
  store.waitAtMost(blockingMilliseconds);
  const prepared = remembered((name: string) => {
    const model = models.of(name);
    seedOnce(name);
    return createInstance({
      model,
      store,
      accounts: store.accounts(name),
      now,
      rateLimit: options.rateLimit ? createRateLimit(options.rateLimit, now) : undefined,
      fault: fault?.appliesTo?.(model) === false ? undefined : fault,
      faults: options.allowFaults ? faults : undefined,
      strict: options.strict === true,
    });
  });
  const instances = new Map(names.map((name) => [name, () => prepared.of(name)]));
  return {
    instances: names,
    apiKeys,
    plugin: (app, _options, done) => {
      app.register(instancesPlugin, { prefix: "/sandbox", instances, latency: options.latency ?? 0 });
      done();
    },
    replace: (description) => {
      models.set(description.name, readModel(description));
      prepared.forget(description.name);
    },
    close: () => store.close(),
  };
}

/** What was made for each name, so that it is made once. */
interface Remembered<T> {
  /** What throws is tried again. */
  of(name: string): T;
  set(name: string, value: T): void;
  forget(name: string): void;
}

function remembered<T>(make: (name: string) => T): Remembered<T> {
  const made = new Map<string, T>();
  return {
    of(name) {
      const known = made.get(name);
      if (known !== undefined) return known;
      const value = make(name);
      made.set(name, value);
      return value;
    },
    set: (name, value) => void made.set(name, value),
    forget: (name) => void made.delete(name),
  };
}
