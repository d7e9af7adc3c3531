import type { InstanceSchemas } from "../../generated/instances.ts";

/**
 * What went wrong:
 * - `http`: the instance answered with an error status; `status` and `errors` say which.
 * - `network`: no answer came, or it broke off.
 * - `timeout`: an attempt or the whole call took too long.
 * - `aborted`: the signal that the caller gave ended the call; its reason is the `cause`.
 * - `html`: the answer says 200 but is a page for people, such as a login or maintenance page.
 * - `invalid_json`: the answer is empty, cut off, or no JSON at all.
 * - `unexpected_shape`: the answer is JSON, but not of the shape that the contract describes.
 * - `redirect`: a redirect, a link or a URL was not followed. It leads to another origin, which the key is not sent to; or it
 *   answers a request that is no read; or it does not say where to, as in browsers.
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

/** What is known of a request, as far as it has come. */
export interface Trace {
  method?: string;
  /** Below the base URL. */
  path?: string;
  /** Of the answer. */
  status?: number | undefined;
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

  constructor(
    code: ErrorCode,
    message: string,
    trace: Trace = {},
    details: { errors?: readonly InstanceError[]; retryAfter?: number | undefined; cause?: unknown } = {},
  ) {
    const { method, path, status } = trace;
    const { errors = [], retryAfter, cause } = details;
    const text = withoutKey(message, trace);
    super(method ? `${method} ${path}: ${text}` : text, cause ? { cause } : {});
    Object.assign(this, { code, method, path, status, errors, retryAfter });
  }
}

/** A text without the key that was sent. */
export function withoutKey(text: string, { key }: Trace): string {
  return key ? text.replaceAll(key, "[key]") : text;
}

/** Throws unless something is as it should be. */
export function need(fine: unknown, message: string): asserts fine {
  if (!fine) throw new NotificationHandlersError("invalid_argument", message);
}
