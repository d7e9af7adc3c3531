import type { FastifyPluginCallback } from "fastify";
import { type Description, instanceNames, loadDescription, nearest } from "../description/index.ts";
import { namedPlugin } from "../http/index.ts";
import { createBehaviours } from "../workbench/index.ts";
import { type Fault, faults, findFault } from "./faults/index.ts";
import { healthPlugin } from "./health.ts";
import { createInstance } from "./instance.ts";
import { instancesPlugin } from "./instances.ts";
import { createKeyCheck, hashKey, makeKey } from "./keys.ts";
import { type Model, readModel } from "./model.ts";
import { checkOptions, SandboxOptionError, type SandboxOptions } from "./options.ts";
import { createRateLimit } from "./rate-limit.ts";
import { seedRecords } from "./seed.ts";
import { after, type Eventual, openStore, type Store } from "./store/index.ts";

/** Sandboxes of several instances with one store. */
export interface Sandbox {
  /** The instances that are served now. */
  readonly instances: readonly string[];
  readonly apiKeys: readonly string[];
  /** Serves each instance at `/sandbox/<instance>/api` below the plugin's prefix, and `/_health`. */
  readonly plugin: FastifyPluginCallback;
  /** Looks up the key in an Authorization header: undefined if it is unknown. */
  isKnown(authorization: string | undefined): Eventual<unknown>;
  /**
   * Serves an instance from this description from now on, whether it was served before or not, with the handlers that it has. Throws
   * SandboxModelError, and keeps serving the old one, if the new one can't be served.
   */
  serve(description: Description): void;
  /** Answers requests to an instance with 404 from now on. Its handlers stay in the database. */
  remove(name: string): void;
  /** Closes the database. The server must be closed before. */
  close(): Promise<void>;
}

/** The path at which an instance is served. */
export function basePath(instance: string): string {
  return `/sandbox/${instance}/api`;
}

/**
 * Prepares sandboxes, and opens their database. Instances that are named or described are prepared here. If all registered instances are
 * served, each is prepared at its first request. Rejects with SandboxOptionError, UnknownInstanceError, UnknownFaultError, BundleError,
 * SandboxModelError, and with StoreError if the database can't be used.
 */
export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  checkOptions(options);
  const { instances = [], descriptions = [] } = options;
  const described = new Map(descriptions.map((each) => [each.name, each]));
  const isNamed = instances.length > 0 || descriptions.length > 0;
  const names = isNamed ? [...new Set([...instances, ...described.keys()])] : instanceNames;
  const models = remembered((name: string) => readModel(described.get(name) ?? loadDescription(name)));
  const modelOf = models.of;
  const fault = options.fault === undefined ? undefined : findFault(options.fault, names, modelOf);
  if (isNamed) for (const name of names) modelOf(name);
  const store = await openStore(options.db, { connections: options.dbConnections });
  try {
    return await assemble({ names, models, store, fault, isNamed }, options);
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** The parts of a sandbox. */
interface Parts {
  readonly names: readonly string[];
  readonly models: Remembered<Model>;
  readonly store: Store;
  readonly fault: Fault | undefined;
  /** Whether all instances are prepared now, and not at their first request. */
  readonly isNamed: boolean;
}

async function assemble(
  { names, models, store, fault, isNamed }: Parts,
  options: SandboxOptions,
): Promise<Sandbox> {
  const apiKeys = options.apiKeys?.length ? [...new Set(options.apiKeys)] : [makeKey()];
  const keyHashes = apiKeys.map(hashKey);
  const clock = options.now ?? Date.now;
  const now = () => Math.floor(clock() / 1000);
  await store.addKeys(keyHashes.map((hash) => ({ name: "given at a start", hash, added: now() })));
  const { seed = 0, seedValue = 1 } = options;
  /** Creates the initial handlers in the first key's account of an instance. */
  const fill = (name: string): Eventual<unknown> =>
    after(store.account(name, keyHashes[0] as Buffer), (account) =>
      seed === 0 || account === undefined
        ? false
        : store.createIfEmpty(account, seedRecords(models.of(name), seed, seedValue)),
    );
  const behaviours = createBehaviours();
  const filled = new Set<string>();
  const fillOnce = (name: string): Eventual<unknown> =>
    filled.has(name) || after(fill(name), () => filled.add(name));
  if (options.snapshot !== undefined) {
    const restored = await restoreAtStart(store, names, keyHashes, options.snapshot);
    // If the snapshot has no handlers, the account should stay empty.
    for (const name of restored) filled.add(name);
  }
  if (isNamed) for (const name of names) await fillOnce(name);
  const prepared = remembered((name: string) => {
    const model = models.of(name);
    return createInstance({
      model,
      store,
      fill: () => fillOnce(name),
      now,
      rateLimit: options.rateLimit ? createRateLimit(options.rateLimit, now, store.countRequest) : undefined,
      fault: fault?.appliesTo?.(model) === false ? undefined : fault,
      faults: options.allowFaults ? faults : undefined,
      behaviours,
      strict: options.strict === true,
    });
  });
  const instances = new Map(names.map((name) => [name, () => prepared.of(name)]));
  return {
    get instances() {
      return [...instances.keys()];
    },
    apiKeys,
    plugin: namedPlugin("sandbox", (app, _options, done) => {
      app.register(namedPlugin("health", healthPlugin(store)));
      const origin = options.publicUrl === undefined ? undefined : new URL(options.publicUrl).origin;
      app.register(namedPlugin("sandboxes", instancesPlugin), {
        prefix: "/sandbox",
        instances,
        origin,
        latency: options.latency ?? 0,
      });
      done();
    }),
    isKnown: createKeyCheck((hash) =>
      after(store.keys(), (keys) => keys.find((key) => key.hash.equals(hash))?.id),
    ),
    serve(description) {
      const { name } = description;
      models.set(name, readModel(description));
      prepared.forget(name);
      instances.set(name, () => prepared.of(name));
    },
    remove(name) {
      instances.delete(name);
      prepared.forget(name);
    },
    close: async () => store.close(),
  };
}

/**
 * Restores a snapshot in the accounts that have it. Returns the instances in which the first key has it. Rejects with SandboxOptionError if
 * no account has it.
 */
async function restoreAtStart(
  store: Store,
  names: readonly string[],
  keyHashes: readonly Buffer[],
  snapshot: string,
): Promise<string[]> {
  const restored: string[] = [];
  const others = new Set<string>();
  let found = false;
  for (const name of names) {
    for (const { id, keyHash } of await store.accounts(name)) {
      const key = keyHashes.findIndex((hash) => hash.equals(keyHash));
      if (key === -1) continue;
      if ((await store.restoreSnapshot(id, snapshot)) === undefined) {
        for (const other of await store.snapshots(id)) others.add(other.name);
        continue;
      }
      found = true;
      if (key === 0) restored.push(name);
    }
  }
  if (found) return restored;
  throw new SandboxOptionError(
    `There is no snapshot ${JSON.stringify(snapshot)} of these API keys in the database: ${nearest(snapshot, [...others])}.`,
  );
}

/** A cache by name. */
interface Remembered<T> {
  /** If it throws, it is tried again next time. */
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
