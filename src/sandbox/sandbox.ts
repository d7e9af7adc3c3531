import type { FastifyPluginCallback } from "fastify";
import { instanceNames, loadDescription } from "../description/index.ts";
import { type Fault, faults, findFault } from "./faults/index.ts";
import { instancePlugin } from "./instance.ts";
import { hashKey, makeKey } from "./keys.ts";
import { type Model, readModel } from "./model.ts";
import { checkOptions } from "./options.ts";
import { createRateLimit } from "./rate-limit.ts";
import { seedRecords } from "./seed.ts";
import { openSqliteStore, type Store } from "./store/index.ts";

/** How sandboxes behave. Everything is optional. */
export interface SandboxOptions {
  /** Names of instances, or `family`. All five where none is named. */
  readonly instances?: readonly string[] | undefined;
  /** An SQLite file, made where there is none. Without it the handlers live as long as the process. */
  readonly db?: string | undefined;
  /** Each key is an account of its own. Without any, one key is made. */
  readonly apiKeys?: readonly string[] | undefined;
  /** So many plausible handlers in the first key's account of each instance, where that is empty. */
  readonly seed?: number | undefined;
  /** Same value, same handlers: a whole number from 0, 1 by default. */
  readonly seedValue?: number | undefined;
  /** Requests per minute and key, from 1; without it there is no limit. */
  readonly rateLimit?: number | undefined;
  /** Milliseconds before each answer. */
  readonly latency?: number | undefined;
  /** The name of the one way in which the sandboxes deviate from the contract. */
  readonly fault?: string | undefined;
  /** Whether single requests may ask for a fault with the header `Sandbox-Fault`. */
  readonly allowFaults?: boolean | undefined;
  /** The clock, in milliseconds since 1970. */
  readonly now?: (() => number) | undefined;
}

/** Sandboxes of some instances over one store. */
export interface Sandbox {
  readonly instances: readonly string[];
  readonly apiKeys: readonly string[];
  /** Serves each instance at `/sandbox/<instance>/api` below the plugin's prefix. */
  readonly plugin: FastifyPluginCallback;
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
 * Prepares sandboxes. Throws SandboxOptionError, UnknownInstanceError, UnknownFaultError, BundleError, and StoreError where the
 * database can't be used.
 */
export function createSandbox(options: SandboxOptions = {}): Sandbox {
  checkOptions(options);
  const names = options.instances?.length ? [...new Set(options.instances)] : instanceNames;
  const models = names.map((name) => readModel(loadDescription(name)));
  const fault = options.fault === undefined ? undefined : findFault(options.fault, models);
  const store = openSqliteStore(options.db);
  try {
    return assemble(models, store, fault, options);
  } catch (error) {
    store.close();
    throw error;
  }
}

function assemble(
  models: readonly Model[],
  store: Store,
  fault: Fault | undefined,
  options: SandboxOptions,
): Sandbox {
  const apiKeys = options.apiKeys?.length ? [...new Set(options.apiKeys)] : [makeKey()];
  const clock = options.now ?? Date.now;
  const now = () => Math.floor(clock() / 1000);
  const served = models.map((model) => {
    const { name } = model.description;
    const [first] = apiKeys.map((key) => store.addAccount(name, hashKey(key)));
    if (first !== undefined && (options.seed ?? 0) > 0) {
      store.createIfEmpty(first.id, seedRecords(model, options.seed ?? 0, options.seedValue ?? 1));
    }
    return {
      prefix: `/sandbox/${name}`,
      model,
      store,
      accounts: store.accounts(name),
      now,
      rateLimit: options.rateLimit ? createRateLimit(options.rateLimit, now) : undefined,
      latency: options.latency ?? 0,
      fault: fault?.appliesTo?.(model) === false ? undefined : fault,
      faults: options.allowFaults ? faults : undefined,
    };
  });
  store.waitAtMost(blockingMilliseconds);
  return {
    instances: models.map((model) => model.description.name),
    apiKeys,
    plugin: (app, _options, done) => {
      for (const instance of served) app.register(instancePlugin, instance);
      done();
    },
    close: () => store.close(),
  };
}
