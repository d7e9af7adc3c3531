import { type ClientContract, contractOf, instanceNames } from "../../generated/client.ts";
import { need } from "./errors.ts";
import type { RetryOptions } from "./retry.ts";
import type { CallOptions, ClientOptions } from "./types.ts";

/** The options of a client, checked, with what was left out filled in, and what its instance's contract says. */
export interface Settings
  extends Pick<ClientOptions, "apiKey" | "fetch" | "headers">,
    ClientContract,
    Limits {}

/** How long a call may take, and when it is repeated. */
export interface Limits extends RetryOptions {
  timeout: number;
  deadline: number;
}

/** The others' defaults stand where they are used, in retry.ts. */
const defaults: Limits = { timeout: 30_000, deadline: 120_000 };

/**
 * Checks the options of a client.
 *
 * @throws {NotificationHandlersError} `invalid_argument`, saying which option is wrong and what it should be
 */
export function readOptions(options: ClientOptions | ClientOptions<undefined>): Settings {
  const { instance, apiKey, baseUrl: elsewhere } = Object(options) as ClientOptions;
  need(!instance || instanceNames.includes(instance), "instance", `one of ${instanceNames}`);
  const contract = contractOf(instance);
  // The family's own base URL is an example, so that without an instance another must be given.
  const baseUrl = elsewhere === undefined && instance ? contract.baseUrl : elsewhere;
  const href = URL.canParse(baseUrl as string) ? new URL(baseUrl as string).href : "";
  need(/^https?:[^@?#]+$/.test(href), "baseUrl", "like https://host/api");
  if (typeof apiKey !== "function") checkKey(apiKey);
  return {
    ...(options as ClientOptions),
    ...contract,
    ...readLimits(options, defaults),
    baseUrl: href.replace(/\/+$/, ""),
  };
}

/**
 * The limits that options ask for, on top of others.
 *
 * @throws {NotificationHandlersError} `invalid_argument`
 */
export function readLimits(options: CallOptions, base: Limits): Limits {
  const { timeout = base.timeout, deadline = base.deadline, retry } = options;
  need(timeout > 0 && deadline > 0, "timeout", "above 0");
  return { ...base, timeout, deadline, ...(retry === false ? { limit: 0 } : retry) };
}

/**
 * An API key that a header can carry.
 *
 * @throws {NotificationHandlersError} `invalid_argument`, without the key
 */
export function checkKey(key: unknown): string {
  need(typeof key === "string" && /^[!-~]+$/.test(key), "apiKey", "text without spaces");
  return key;
}
