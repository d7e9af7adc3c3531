import { type Description, loadDescription, type Model, modelOf } from "../description/index.ts";
import type { Baseline } from "./baseline/index.ts";
import type { Check } from "./checks/index.ts";
import { Ledger } from "./findings/index.ts";
import { unknownId, whyReadsOnly } from "./instance/index.ts";
import { accountOf, Journal, newRunId } from "./journal/index.ts";
import { mostRequests } from "./plan/index.ts";
import { briefExchange, shownMaskOf } from "./report/index.ts";
import type { Run } from "./run/index.ts";
import { stagesOf } from "./scenario/index.ts";
import {
  Budget,
  type Call,
  type Clock,
  type Exchange,
  type Keys,
  Pace,
  type Schedule,
  systemClock,
  Transport,
} from "./wire/index.ts";

/** Options of a run. `keys`, and an instance or a description, are required. */
export interface CheckOptions {
  /** The name of the instance whose contract is checked, or `family`. */
  readonly instance?: string | undefined;
  /** The contract itself, instead of that name. */
  readonly description?: Description | undefined;
  /** The base URL. Default: the contract's. */
  readonly baseUrl?: string | undefined;
  readonly keys: Keys;
  /** Also create, update and delete handlers. Default: false. */
  readonly write?: boolean | undefined;
  /** Names of checks. Default: all. */
  readonly only?: readonly string[] | undefined;
  /** The name in reports. Default: the name of the contract's instance. */
  readonly name?: string | undefined;
  /** The accepted deviations. */
  readonly baseline?: Baseline | undefined;
  /** Milliseconds between two requests. Default: 0. */
  readonly interval?: number | undefined;
  /** When the next request may be sent. Runs that call the same host one after the other share one. */
  readonly schedule?: Schedule | undefined;
  /** The time limit of a request with its answer, in milliseconds. Default: 10 s. */
  readonly timeout?: number | undefined;
  /** The folder of the journals. Without it there is no journal on disk, and only the marker in names tells what a killed run has left. */
  readonly journalFolder?: string | undefined;
  readonly fetch?: typeof fetch | undefined;
  readonly clock?: Clock | undefined;
  /** Ends the run. It still cleans up. */
  readonly signal?: AbortSignal | undefined;
  readonly onWait?: ((milliseconds: number, reason: string) => void) | undefined;
  readonly onRequest?: ((exchange: Exchange) => void) | undefined;
  /** Called after each answer with the purpose of the request. Cheaper than `onRequest`, whose exchange must be masked. */
  readonly onStep?: ((purpose: string) => void) | undefined;
}

const userAgent = "notification-handlers-api contract checks";

/** The contract to check. Throws UnknownInstanceError and BundleError. */
export function descriptionOf({
  instance,
  description,
}: Pick<CheckOptions, "instance" | "description">): Description {
  if (description !== undefined) return description;
  if (instance === undefined) throw new Error("Neither an instance nor a description was named.");
  return loadDescription(instance);
}

/** Prepares a run. `chosen`: the checks, which limit the number of requests; without them there is no limit. */
export function prepare(
  options: CheckOptions,
  chosen?: readonly Check[],
): { run: Run & { startedAt: number }; folder: string | undefined } {
  const { keys, clock = systemClock } = options;
  const model = modelOf(descriptionOf(options));
  const baseUrl = (options.baseUrl ?? model.description.baseUrl).replace(/\/+$/, "");
  const startedAt = clock.now();
  const id = newRunId(startedAt);
  const wanted = options.write ?? false;
  const readsOnly = whyReadsOnly(model);
  const write = wanted && readsOnly === undefined;
  const limit = chosen === undefined ? Number.POSITIVE_INFINITY : mostRequests(model, chosen, write);
  // Only a run that creates handlers reads the list again at the end.
  const creates = write && (chosen === undefined || stagesOf(chosen, write).has("create"));
  const folder = write ? options.journalFolder : undefined;
  const header = {
    run: id,
    instance: model.description.name,
    baseUrl,
    account: accountOf(baseUrl, keys.valid),
    process: process.pid,
  };
  const journal = Journal.start(folder, header);
  const pace = new Pace(options.interval ?? 0, clock, options.onWait ?? (() => undefined), options.schedule);
  const mask = shownMaskOf(keys);
  const transport = new Transport(
    {
      baseUrl,
      keys,
      journal,
      budget: new Budget(limit, journal, creates),
      pace,
      clock,
      fetch: options.fetch ?? fetch,
      timeout: options.timeout ?? 10_000,
      userAgent,
      probes: probesOf(model),
      onRequest: (it) => {
        const brief = briefExchange(it, mask);
        options.onStep?.(brief.call.purpose);
        options.onRequest?.(brief);
      },
    },
    options.signal,
  );
  const run = {
    model,
    id,
    baseUrl,
    transport,
    journal,
    ledger: new Ledger(),
    clock,
    write,
    readsOnly: wanted ? readsOnly : undefined,
    otherAccount: keys.other !== undefined,
    startedAt,
    ...nothingSeen(),
  };
  return { run, folder };
}

/** The state of a run before its first request. */
function nothingSeen() {
  return {
    readings: [],
    reads: [],
    created: [],
    updates: [],
    filterings: [],
    orderings: [],
    before: undefined,
    after: undefined,
    everything: undefined,
    whole: undefined,
    walk: [],
    forms: undefined,
    deleted: new Set<number>(),
    deletedBefore: new Set<number>(),
    suspects: [],
    lostCreates: [],
    limit: undefined,
    lag: undefined,
    lagOfDelete: undefined,
    unrest: false,
    doubts: new Map<string, number>(),
    differences: 0,
    lastNumber: 0,
  };
}

/** Requests that test whether the API is there: another operation than the list, the list, and the list without a key. */
function probesOf({ operations: { list, read } }: Model): Call[] {
  const purpose = "a probe whether the API is available";
  return [
    ...(read === undefined ? [] : [{ purpose, operation: read, id: unknownId }]),
    { purpose, operation: list },
    { purpose, operation: list, credential: "none" },
  ];
}
