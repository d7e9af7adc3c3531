import { type ClientContract, contractOf, instanceNames } from "../../generated/client.ts";
import type { CallOptions } from "./call-options.ts";
import { need } from "./errors.ts";
import type { RetryOptions } from "./retry.ts";
import type { ClientOptions } from "./types.ts";

/** The checked options of a client, with defaults filled in, and what its instance's contract says. */
export interface Settings
  extends Pick<ClientOptions, "apiKey" | "fetch" | "headers">,
    ClientContract,
    Limits {
  maxResponseSize: number;
}

/** The time limits of a call, and when it is repeated. */
export interface Limits extends RetryOptions {
  timeout: number;
  deadline: number;
}

/** The defaults of the other retry options are in retry.ts, where they are used. */
const defaults: Limits = { timeout: 30_000, deadline: 120_000 };

const limitNames = ["timeout", "deadline", "retry"];
const retryNames = ["limit", "statuses", "baseDelay", "maxDelay", "maxRetryAfter"];
const callNames = ["signal", ...limitNames];
const clientNames = ["instance", "baseUrl", "apiKey", "fetch", "headers", "maxResponseSize", ...limitNames];

/**
 * Checks the options of a client.
 *
 * @throws {NotificationHandlersError} `invalid_argument`, saying which option is wrong and what it should be
 */
export function readOptions(options: ClientOptions | ClientOptions<undefined>): Settings {
  checkNames(options, clientNames);
  const given = Object(options) as ClientOptions;
  const { instance, apiKey, baseUrl, maxResponseSize = 32 * 2 ** 20 } = given;
  const known = instanceNames.join(", ");
  need(instance || baseUrl, `instance or baseUrl is needed: one of ${known}, or the URL of another instance`);
  need(!instance || instanceNames.includes(instance), `instance must be one of ${known}`);
  const contract = contractOf(instance);
  // The family's base URL is only an example, so without an instance the caller must give one.
  const url = String(baseUrl ?? contract.baseUrl);
  const href = URL.canParse(url) ? new URL(url).href : "";
  need(/^https?:[^@?#]+$/.test(href), "baseUrl must be an http or https URL like https://host/api");
  if (typeof apiKey !== "function") checkKey(apiKey);
  checkAboveZero("maxResponseSize", maxResponseSize);
  return {
    ...given,
    ...contract,
    ...readLimits(given, defaults),
    maxResponseSize,
    baseUrl: href.replace(/\/+$/, ""),
  };
}

/**
 * The options of one call, merged over the client's.
 *
 * @throws {NotificationHandlersError} `invalid_argument`
 */
export function readCallOptions(options: CallOptions, base: Limits): Limits {
  checkNames(options, callNames);
  checkSignal(options.signal);
  return readLimits(options, base);
}

function readLimits(options: CallOptions, base: Limits): Limits {
  const { timeout = base.timeout, deadline = base.deadline, retry } = options;
  checkAboveZero("timeout", timeout);
  checkAboveZero("deadline", deadline);
  checkNames(retry, retryNames);
  return { ...base, timeout, deadline, ...(retry === false ? { limit: 0 } : retry) };
}

/** Refuses unknown options, such as `tiemout`. */
function checkNames(options: object | false | undefined, names: readonly string[]): void {
  const unknown = Object.keys(options || {}).find((name) => !names.includes(name));
  need(unknown === undefined, `unknown option ${unknown}; there are ${names.join(", ")}`);
}

function checkAboveZero(name: string, value: number): void {
  need(value > 0, `${name} must be a number above 0`);
}

/** Refuses values that are not an AbortSignal. It looks for the method, since a signal of another realm has another class. */
export function checkSignal(signal: AbortSignal | null | undefined): void {
  need(!signal || typeof signal.addEventListener === "function", "signal must be an AbortSignal");
}

/**
 * Checks that an API key can be sent in a header, and returns it.
 *
 * @throws {NotificationHandlersError} `invalid_argument`, without the key
 */
export function checkKey(key: unknown): string {
  need(key, "apiKey is empty; is the environment variable set?");
  need(typeof key === "string" && /^[!-~]+$/.test(key), "apiKey must be text without spaces, in ASCII");
  return key;
}
