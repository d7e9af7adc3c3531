import { baseUrls, familyFilterDatetimeFormat, filterDatetimeFormats } from "../../generated/instances.ts";
import { invalidOptions } from "./errors.ts";
import { type RetryRules, retryRules } from "./retry.ts";
import type { CallOptions, ClientOptions } from "./types.ts";

/** The options of a client, checked, with what was left out filled in. */
export interface Settings {
  baseUrl: string;
  apiKey: ClientOptions["apiKey"];
  fetch: NonNullable<ClientOptions["fetch"]>;
  headers: Headers;
  /** In PHP's notation; null where the instance takes no datetimes. */
  datetimeFormat: string | null;
  limits: Limits;
}

/** How long a call may take, and when it is repeated. */
export interface Limits {
  timeout: number;
  deadline: number;
  retry: RetryRules;
}

/**
 * Checks the options of a client.
 *
 * @throws {NotificationHandlersError} `invalid_options`, saying which option is wrong and what it should be
 */
export function readOptions(options: ClientOptions): Settings {
  if (typeof options !== "object" || options === null) throw invalidOptions("createClient needs options.");
  const { instance, apiKey } = options;
  if (instance !== undefined && !Object.hasOwn(baseUrls, instance)) {
    throw invalidOptions(
      `There is no instance "${instance}"; known are ${Object.keys(baseUrls).join(", ")}. Give baseUrl alone for any other.`,
    );
  }
  const baseUrl = options.baseUrl ?? (instance && baseUrls[instance]);
  if (baseUrl === undefined) throw invalidOptions("Give instance, baseUrl, or both.");
  if (typeof apiKey !== "function") checkKey(apiKey);
  const fetch = options.fetch ?? globalThis.fetch;
  if (typeof fetch !== "function") throw invalidOptions("There is no global fetch here; give one as fetch.");
  return {
    baseUrl: readBaseUrl(baseUrl),
    apiKey,
    // Browsers refuse a fetch that is called as a method of something else.
    fetch: (request, init) => fetch(request, init),
    headers: readHeaders(options.headers),
    datetimeFormat: instance ? filterDatetimeFormats[instance] : familyFilterDatetimeFormat,
    limits: readLimits(options, { timeout: 30_000, deadline: 120_000, retry: retryRules(undefined) }),
  };
}

/** The limits that options ask for, on top of others. */
export function readLimits(options: CallOptions | undefined, base: Limits): Limits {
  if (!options) return base;
  const { timeout = base.timeout, deadline = base.deadline, retry } = options;
  for (const [name, value] of Object.entries({ timeout, deadline })) {
    if (!(value > 0)) throw invalidOptions(`${name} must be a number of milliseconds above 0.`);
  }
  return { timeout, deadline, retry: retryRules(retry, base.retry) };
}

/**
 * An API key that a header can carry.
 *
 * @throws {NotificationHandlersError} `invalid_options`, without the key
 */
export function checkKey(key: unknown): string {
  if (typeof key !== "string" || !key)
    throw invalidOptions("apiKey is missing: a text, or a function that gives one.");
  if (!/^[!-~]+$/.test(key)) {
    throw invalidOptions(
      "apiKey has white space, a line end or another character that a header cannot carry.",
    );
  }
  return key;
}

function readBaseUrl(baseUrl: string | URL): string {
  let url: URL;
  try {
    url = new URL(baseUrl);
  } catch {
    throw invalidOptions("baseUrl is no absolute URL, such as https://host/api.");
  }
  const { protocol, username, password, search, hash } = url;
  if (!/^https?:$/.test(protocol)) throw invalidOptions("baseUrl must be an http or https URL.");
  if (username || password || search || hash) {
    throw invalidOptions("baseUrl must have no user name, password, query or fragment.");
  }
  return url.href.replace(/\/+$/, "");
}

function readHeaders(headers: ClientOptions["headers"]): Headers {
  try {
    return new Headers(headers);
  } catch {
    throw invalidOptions("headers has a name or a value that a header cannot carry.");
  }
}
