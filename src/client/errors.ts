import type { components } from "../../generated/family/schema.js";
import { excerpt, mask } from "./mask.ts";

/**
 * What went wrong:
 * - `http`: the instance answered with an error status; `status` and `errors` say which.
 * - `network`: no answer came, or it broke off.
 * - `timeout`: an attempt or the whole call took too long.
 * - `aborted`: the signal that the caller gave ended the call; its reason is the `cause`.
 * - `html`: the answer says 200 but is a page for people, such as a login or maintenance page.
 * - `invalid_json`: the answer is cut off, or no JSON at all.
 * - `unexpected_shape`: the answer is empty, or JSON that is not of the shape that the contract describes; or a list that never ends.
 * - `too_large`: the answer is larger than `maxResponseSize`; no more of it was read.
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
  | "too_large"
  | "redirect"
  | "invalid_argument";

/** One entry of the list in an instance's error answer; its title is in the language of the instance's readers. */
export type InstanceError = components["schemas"]["Errors"]["errors"][number];

/** What is known of a request and its answer, as far as it has come. */
export interface Trace {
  method?: string;
  /** Below the base URL. */
  path?: string;
  /** How many requests there were in this call, this one included. */
  attempts?: number;
  /** When the call began, as a timestamp. */
  started?: number;
  /** The caller's. */
  signal?: AbortSignal | null | undefined;
  /** The key that is sent; it is kept out of errors. */
  key?: string;
  /** Whether the request was handed to `fetch`. */
  sent?: boolean;
  /** Of the answer. */
  status?: number;
  /** Of the answer. */
  headers?: Headers;
  /** Of the answer. */
  errors?: readonly InstanceError[];
  /** Of the answer. */
  retryAfter?: number | undefined;
  /** Whether the connection was refused. */
  refused?: boolean;
  /** The reason of the caller's signal, where that ended the call. */
  cause?: unknown;
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
  /** The headers of the answer; undefined where no answer came. */
  declare readonly headers: Headers | undefined;
  /** What the instance says went wrong; empty where it says nothing. */
  declare readonly errors: readonly InstanceError[];
  /** How long the instance asks to wait before the next request (`Retry-After`), in milliseconds. */
  declare readonly retryAfter: number | undefined;
  /** How many requests the call made, retries included. */
  declare readonly attempts: number | undefined;
  /** How long the call took, retries and waits included, in milliseconds. */
  declare readonly elapsed: number | undefined;
  /** Whether the connection was refused, so that the instance has not seen the request. Browsers and Workers do not say so. */
  declare readonly refused: boolean | undefined;

  /** @param message without the key: whatever others have said is masked */
  constructor(code: ErrorCode, message: string, trace: Trace = {}) {
    const { key, signal, sent, started, ...known } = trace;
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

  /** What `JSON.stringify` writes: all but the headers and the cause, which may hold anything. */
  toJSON(): object {
    return { ...this, message: this.message, headers: undefined, cause: undefined };
  }
}

/** Throws unless something that a caller gave is as it must be. */
export function need(fine: unknown, message: string): asserts fine {
  if (!fine) throw new NotificationHandlersError("invalid_argument", message);
}

/** The error of a URL that is not to be followed; null where a redirect does not say where to. */
export function notFollowed(url: string | null, trace: Trace): NotificationHandlersError {
  const where = url === null ? "a redirect" : excerpt(url, trace.key);
  return new NotificationHandlersError("redirect", `refused to follow ${where}`, trace);
}

/**
 * The error of a request that could not be made or was not answered. Its reason is told and not kept, since it may carry anything;
 * only the reason of the caller's signal is.
 */
export function failure(reason: unknown, trace: Trace): NotificationHandlersError {
  if (reason instanceof NotificationHandlersError) return reason;
  const { signal, key, sent, status = 0, started = 0 } = trace;
  if (signal?.aborted) {
    const message = `aborted after ${Date.now() - started} ms`;
    return new NotificationHandlersError("aborted", message, { ...trace, cause: signal.reason });
  }
  const cause = (reason as { cause?: { code?: unknown } } | undefined)?.cause;
  const said = `${reason} ${cause?.code ?? cause ?? ""}`;
  // Node and Bun have codes for it. Deno has none, only the words of the operating system.
  const refused = / (ECONNREFUSED|ConnectionRefused)$|Connection refused \(os error/.test(said);
  const code = status >= 400 ? "http" : sent ? "network" : "invalid_argument";
  return new NotificationHandlersError(code, excerpt(said, key), { ...trace, refused });
}
