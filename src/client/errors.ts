import type { components } from "../../generated/family/schema.js";
import { excerpt, mask } from "./mask.ts";

/**
 * What went wrong:
 * - `http`: the instance answered with an error status; `status` and `errors` say which.
 * - `network`: no answer came, or it broke off.
 * - `timeout`: an attempt or the whole call took too long.
 * - `aborted`: the caller's signal ended the call; its reason is the `cause`.
 * - `html`: the answer has status 200 but is a page for people, such as a login or maintenance page.
 * - `invalid_json`: the answer is cut off, or not JSON at all.
 * - `unexpected_shape`: the answer is empty, or its JSON does not have the shape that the contract describes; or a list never ends.
 * - `too_large`: the answer is larger than `maxResponseSize`; no more of it was read.
 * - `redirect`: a redirect, or a link or URL that leads away from the base URL, was not followed. The message names the target, except in
 *   browsers, which hide where a redirect leads.
 * - `invalid_argument`: nothing was sent, because an option is wrong, an argument can't be sent, or the function `apiKey` failed.
 */
export type ErrorCode =
  | "http"
  | "network"
  | "timeout"
  | "aborted"
  | "html"
  | "invalid_json"
  | "unexpected_shape"
  | "too_large"
  | "redirect"
  | "invalid_argument";

/** One entry of the list in an instance's error answer; its title is in the language of the instance's readers. */
export type InstanceError = components["schemas"]["Errors"]["errors"][number];

/** What is known of a request and its answer so far. */
export interface RequestContext {
  method?: string;
  /** Relative to the base URL. */
  path?: string;
  /** How many requests the call has made, this one included. */
  attempts?: number;
  /** When the call began, in milliseconds since 1970. */
  started?: number;
  /** The caller's signal. */
  signal?: AbortSignal | null | undefined;
  /** The key that is sent; it is kept out of errors. */
  key?: string;
  /** Whether the request was handed to `fetch`. */
  sent?: boolean;
  /** The answer's status. */
  status?: number;
  /** The answer's headers, unmasked. */
  headers?: Headers;
  /** The errors in the answer's body, masked. */
  errors?: readonly InstanceError[];
  /** The answer's `Retry-After`, in milliseconds. */
  retryAfter?: number | undefined;
  /** Whether the connection was refused. */
  refused?: boolean;
  /** The reason of the caller's signal, if it ended the call. */
  cause?: unknown;
}

/** The one error that the client throws. It never carries the API key. */
export class NotificationHandlersError extends Error {
  override readonly name = "NotificationHandlersError";
  /** What went wrong, for programs. */
  declare readonly code: ErrorCode;
  /** The HTTP method of the request; undefined if there was none. */
  declare readonly method: string | undefined;
  /** The path of the request, relative to the base URL. */
  declare readonly path: string | undefined;
  /** The HTTP status of the answer; undefined if no answer came. */
  declare readonly status: number | undefined;
  /** The headers of the answer; undefined if no answer came. */
  declare readonly headers: Headers | undefined;
  /** The errors that the instance reports; empty if it reports none. */
  declare readonly errors: readonly InstanceError[];
  /** How long the instance asks to wait before the next request (`Retry-After`), in milliseconds. */
  declare readonly retryAfter: number | undefined;
  /** How many requests the call made, retries included. */
  declare readonly attempts: number | undefined;
  /** How long the call took, retries and waits included, in milliseconds. */
  declare readonly elapsed: number | undefined;
  /** Whether the connection was refused, so that the instance never saw the request. Browsers and Workers don't say. */
  declare readonly refused: boolean | undefined;

  /** @param message without the key; text from others must be masked */
  constructor(code: ErrorCode, message: string, context: RequestContext = {}) {
    const { key, signal, sent, started, ...known } = context;
    const { method, path, attempts = 1, headers } = known;
    const elapsed = started && Date.now() - started;
    const where = method ? `${method} ${path}: ` : "";
    const repeated = attempts > 1 ? ` (after ${attempts} attempts in ${elapsed} ms)` : "";
    super(where + message + repeated);
    Object.assign(this, { errors: [], ...known, code, elapsed });
    if (headers) {
      this.headers = new Headers([...headers].map(([name, value]) => [name, mask(value, key)]));
    }
  }

  /** For `JSON.stringify`: everything but the headers and the cause, which may contain anything. */
  toJSON(): object {
    return { ...this, message: this.message, headers: undefined, cause: undefined };
  }
}

/** Throws `invalid_argument` unless a caller's value is as required. */
export function need(fine: unknown, message: string): asserts fine {
  if (!fine) throw new NotificationHandlersError("invalid_argument", message);
}

/** The error for a URL that must not be followed; null if a redirect does not say where it leads. */
export function notFollowed(url: string | null, context: RequestContext): NotificationHandlersError {
  const where = url === null ? "a redirect" : excerpt(url, context.key);
  return new NotificationHandlersError("redirect", `refused to follow ${where}`, context);
}

/**
 * The error for a request that could not be made or was not answered. Its reason is described, not attached, since it may contain anything;
 * only the reason of the caller's signal is attached.
 */
export function failure(reason: unknown, context: RequestContext): NotificationHandlersError {
  if (reason instanceof NotificationHandlersError) return reason;
  const { signal, key, sent, status = 0, started = 0 } = context;
  if (signal?.aborted) {
    const message = `aborted after ${Date.now() - started} ms`;
    return new NotificationHandlersError("aborted", message, { ...context, cause: signal.reason });
  }
  const cause = (reason as { cause?: { code?: unknown } } | undefined)?.cause;
  const said = `${reason} ${cause?.code ?? cause ?? ""}`;
  // Node and Bun have error codes for it; Deno has only the message of the operating system.
  const refused = / (ECONNREFUSED|ConnectionRefused)$|Connection refused \(os error/.test(said);
  const code = status >= 400 ? "http" : sent ? "network" : "invalid_argument";
  return new NotificationHandlersError(code, excerpt(said, key), { ...context, refused });
}
