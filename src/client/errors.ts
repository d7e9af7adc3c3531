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
 * - `redirect`: the instance redirects, and the redirect was not followed.
 * - `origin`: a redirect, a link or a URL leads to another origin, which the key is not sent to.
 * - `invalid_request`: an argument cannot be sent as it is; nothing was sent.
 * - `invalid_options`: an option of the client or of the call is wrong; nothing was sent.
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
  | "origin"
  | "invalid_request"
  | "invalid_options";

/** One entry of the list that an instance's error answers carry; the titles are in the language of the instance's reader. */
export type InstanceError = InstanceSchemas["family"]["components"]["schemas"]["Errors"]["errors"][number];

/** Which request an error is about. */
export interface Where {
  method?: string;
  path?: string;
}

/** What is known of the request and its answer. */
export interface ErrorDetails extends Where {
  status?: number | undefined;
  errors?: readonly InstanceError[] | undefined;
  retryAfter?: number | undefined;
  cause?: unknown;
}

/** The one error that the client throws. It never carries the API key. */
export class NotificationHandlersError extends Error {
  override readonly name = "NotificationHandlersError";
  /** What went wrong, for programs. */
  readonly code: ErrorCode;
  /** The HTTP method of the request; undefined where there is no request. */
  readonly method: string | undefined;
  /** The path of the request, below the base URL. */
  readonly path: string | undefined;
  /** The HTTP status of the answer; undefined where no answer came. */
  readonly status: number | undefined;
  /** What the instance says went wrong; empty where it says nothing. */
  readonly errors: readonly InstanceError[];
  /** How long the instance asks to wait before the next request, in milliseconds; undefined where it does not. */
  readonly retryAfter: number | undefined;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    const { method, path, status, errors = [], retryAfter, cause } = details;
    super(method ? `${method} ${path}: ${message}` : message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.method = method;
    this.path = path;
    this.status = status;
    this.errors = errors;
    this.retryAfter = retryAfter;
  }
}

/** An error of an argument that cannot be sent. */
export const invalidRequest = (message: string) => new NotificationHandlersError("invalid_request", message);

/** An error of the options. */
export const invalidOptions = (message: string) => new NotificationHandlersError("invalid_options", message);
