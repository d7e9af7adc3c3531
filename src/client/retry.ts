import { invalidOptions, type NotificationHandlersError } from "./errors.ts";

/** When and how a request is repeated. Times are in milliseconds. */
export interface RetryOptions {
  /** How often a request is repeated at the most. 3 unless told. */
  limit?: number | undefined;
  /** The statuses after which reads and deletes are repeated; creates and updates only after 429, if it is among them. */
  statuses?: readonly number[] | undefined;
  /** The longest wait before the first repetition; it doubles each time, and the wait is drawn from 0 to it. 300 unless told. */
  baseDelay?: number | undefined;
  /** What the longest wait grows to. 10,000 unless told. */
  maxDelay?: number | undefined;
  /** The longest `Retry-After` that is waited for; the call fails at once if the instance asks for more. 60,000 unless told. */
  maxRetryAfter?: number | undefined;
}

export type RetryRules = { [K in keyof RetryOptions]-?: NonNullable<RetryOptions[K]> };

const DEFAULTS: RetryRules = {
  limit: 3,
  statuses: [429, 502, 503, 504],
  baseDelay: 300,
  maxDelay: 10_000,
  maxRetryAfter: 60_000,
};

/** The rules that options ask for, on top of others. */
export function retryRules(options: RetryOptions | false | undefined, base = DEFAULTS): RetryRules {
  const rules: Record<string, unknown> = { ...base };
  for (const [name, value] of Object.entries(options === false ? { limit: 0 } : (options ?? {}))) {
    if (value === undefined) continue;
    if (name === "statuses" ? !Array.isArray(value) : !((value as number) >= 0)) {
      throw invalidOptions(`retry.${name} must be ${name === "statuses" ? "an array" : "a number from 0"}.`);
    }
    rules[name] = value;
  }
  return rules as unknown as RetryRules;
}

/** Failures before anything was sent: no connection came about. Nothing can have happened on the instance. */
const unsent = new WeakSet<NotificationHandlersError>();
const UNSENT = /^(ECONNREFUSED|ConnectionRefused|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT)$/;

/** Notes whether a failed `fetch` says that no connection came about; browsers never say. */
export function noteUnsent(failure: NotificationHandlersError, reason: unknown): void {
  const { code, cause } = (reason ?? {}) as { code?: unknown; cause?: { code?: unknown } };
  if (UNSENT.test(String(cause?.code ?? code))) unsent.add(failure);
}

/**
 * How long to wait before the next attempt, in milliseconds; undefined when there must be none.
 *
 * Reads and deletes may happen twice, so they are repeated after a network failure, a timeout and the statuses. Creates and updates
 * only where the first cannot have happened: no connection, or 429.
 *
 * @param attempt how many attempts there were
 */
export function retryDelay(
  failure: NotificationHandlersError,
  attempt: number,
  repeatable: boolean,
  rules: RetryRules,
): number | undefined {
  const { code, status, retryAfter } = failure;
  if (attempt > rules.limit) return undefined;
  const again =
    code === "http"
      ? rules.statuses.includes(status as number) && (repeatable || status === 429)
      : unsent.has(failure) || (repeatable && (code === "network" || code === "timeout"));
  if (!again) return undefined;
  if (retryAfter !== undefined) return retryAfter <= rules.maxRetryAfter ? retryAfter : undefined;
  return Math.random() * Math.min(rules.maxDelay, rules.baseDelay * 2 ** (attempt - 1));
}

/**
 * What a `Retry-After` header asks for, in milliseconds: RFC 9110, section 10.2.3, a number of seconds or an HTTP date. Undefined
 * when it is neither.
 */
export function parseRetryAfter(header: string | null): number | undefined {
  if (!header) return undefined;
  if (/^\d+(\.\d+)?$/.test(header)) return Number(header) * 1000;
  const time = /[a-z]/i.test(header) ? Date.parse(header) - Date.now() : Number.NaN;
  return Number.isNaN(time) ? undefined : Math.max(0, time);
}
