import type { InstanceSchemas } from "../../generated/instances.ts";

/**
 * What went wrong:
 * - `http`: the instance answered with an error status; `status` and `errors` say which.
 * - `network`: no answer came, or it broke off.
 * - `timeout`: an attempt or the whole call took too long.
 * - `aborted`: the signal that the caller gave ended the call; its reason is the `cause`.
 * - `html`: the answer says 200 but is a page for people, such as a login or maintenance page.
 * - `invalid_json`: the answer is cut off, or no JSON at all.
 * - `unexpected_shape`: the answer is empty, or JSON that is not of the shape that the contract describes.
 * - `redirect`: a redirect, or a link or a URL that leads away from the base URL, was not followed. The message names where it leads;
 *   browsers do not say where a redirect does.
 * - `invalid_argument`: nothing was sent, since an option is wrong, an argument cannot be sent as it is, or the function `apiKey`
 *   failed.
 */
export type ErrorCode =
  | "http"
  | "network"
  | "timeout"
  | "aborted"
  | "html"
  | "invalid_json"
  | "unexpected_shape"
  | "redirect"
  | "invalid_argument";

/** One entry of the list in an instance's error answer; its title is in the language of the instance's readers. */
export type InstanceError = InstanceSchemas["family"]["components"]["schemas"]["Errors"]["errors"][number];

/** What is known of a request and its answer, as far as it has come. */
export interface Trace {
  method?: string;
  /** Below the base URL. */
  path?: string;
  /** Of the answer. */
  status?: number;
  errors?: readonly InstanceError[];
  retryAfter?: number | undefined;
  /** The reason of the caller's signal, where that ended the call. */
  cause?: unknown;
  /** The caller's. */
  signal?: AbortSignal | null | undefined;
  /** The key that was sent; it is kept out of errors. */
  key?: string;
}

/** The one error that the client throws. It never carries the API key. */
export class NotificationHandlersError extends Error {
  override readonly name = "NotificationHandlersError";
  /** What went wrong, for programs. */
  declare readonly code: ErrorCode;
  /** The HTTP method of the request; undefined where there was none. */
  declare readonly method: string | undefined;
  /** The path of the request, below the base URL. */
  declare readonly path: string | undefined;
  /** The HTTP status of the answer; undefined where no answer came. */
  declare readonly status: number | undefined;
  /** What the instance says went wrong; empty where it says nothing. */
  declare readonly errors: readonly InstanceError[];
  /** How long the instance asks to wait before the next request (`Retry-After`), in milliseconds. */
  declare readonly retryAfter: number | undefined;

  constructor(code: ErrorCode, message: string, trace: Trace = {}) {
    const { key, signal, ...known } = trace;
    const where = known.method ? `${known.method} ${known.path}: ` : "";
    super(withoutKey(where + message, trace));
    Object.assign(this, { errors: [], ...known, code });
  }
}

/** A text without the key that was sent. */
export function withoutKey(text: string, { key }: Trace): string {
  return key ? text.replaceAll(key, "[key]") : text;
}

/** Throws unless something that a caller gave is as it must be. */
export function need(fine: unknown, name: string, what: string): asserts fine {
  if (!fine) throw new NotificationHandlersError("invalid_argument", `${name} must be ${what}.`);
}

/** The error of a URL that is not to be followed; null where a redirect does not say where to. */
export function notFollowed(url: string | null, trace: Trace): NotificationHandlersError {
  return new NotificationHandlersError("redirect", `refused to follow ${url}`, trace);
}

/**
 * The error of a request that could not be made or was not answered. Its reason is told and not kept, since it may carry anything;
 * only the reason of the caller's signal is.
 */
export function failure(reason: unknown, trace: Trace): NotificationHandlersError {
  if (reason instanceof NotificationHandlersError) return reason;
  const { signal, key } = trace;
  if (signal?.aborted) {
    return new NotificationHandlersError("aborted", "aborted", { ...trace, cause: signal.reason });
  }
  const cause = (reason as { cause?: { code?: string } } | undefined)?.cause;
  const code = (trace.status as number) >= 400 ? "http" : key ? "network" : "invalid_argument";
  return new NotificationHandlersError(code, `${reason} ${cause?.code ?? cause ?? ""}`, trace);
}
