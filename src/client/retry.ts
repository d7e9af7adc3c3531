import type { NotificationHandlersError } from "./errors.ts";

/** When and how a request is repeated. Times are in milliseconds. */
export interface RetryOptions {
  /** How often a request is repeated at most. Default: 3. */
  limit?: number;
  /** The statuses after which reads and deletes are repeated. Creates and updates are repeated only after 429, if it is listed. */
  statuses?: readonly number[];
  /** The upper bound of the first wait. It doubles with each retry; the wait is drawn at random from 0 to the bound. Default: 300. */
  baseDelay?: number;
  /** The largest upper bound of a wait. Default: 10,000. */
  maxDelay?: number;
  /** The longest `Retry-After` that is waited for. The call fails at once if the instance asks for more. Default: 60,000. */
  maxRetryAfter?: number;
}

/**
 * How long to wait before the next attempt, in milliseconds; undefined if there must be none.
 *
 * Reads and deletes may happen twice, so they are repeated after a network failure, a timeout, and the listed statuses. Creates and updates
 * are repeated only if the first cannot have taken effect: after 429, or when the connection was refused.
 *
 * @param attempt how many attempts there were
 */
export function retryDelay(
  { code, status, method, refused, retryAfter }: NotificationHandlersError,
  attempt: number,
  {
    limit = 3,
    statuses = [429, 502, 503, 504],
    baseDelay = 300,
    maxDelay = 10_000,
    maxRetryAfter = 60_000,
  }: RetryOptions,
): number | undefined {
  const mayPass = code === "network" || code === "timeout" || [statuses].flat().includes(status as number);
  const mayHaveHappened = status !== 429 && !refused;
  if (!mayPass || (method === "POST" && mayHaveHappened)) return undefined;
  // NaN, for example from a variable that is not set, disables retries: every comparison with it is false.
  if (!(attempt <= limit) || (retryAfter as number) > maxRetryAfter) return undefined;
  return retryAfter ?? Math.random() * Math.min(maxDelay, baseDelay * 2 ** (attempt - 1));
}

/**
 * What a `Retry-After` header asks for, in milliseconds: RFC 9110, section 10.2.3, a number of seconds or an HTTP date. Undefined
 * when it is neither, or a date in the past.
 */
export function parseRetryAfter(header: string | null): number | undefined {
  if (!header) return undefined;
  const seconds = Number(header);
  const time = seconds >= 0 ? seconds * 1000 : Date.parse(header) - Date.now();
  return time >= 0 ? time : undefined;
}
