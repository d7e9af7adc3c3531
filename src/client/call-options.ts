import type { RetryOptions } from "./retry.ts";

/** The last argument of every method. Times are in milliseconds. */
export interface CallOptions {
  /** Ends the call, also between two attempts. The error then has the code `aborted`. */
  signal?: AbortSignal | undefined;
  /** The time limit of one attempt, its answer's body included. */
  timeout?: number | undefined;
  /** The time limit of the whole call, its retries and the waits between them included. */
  deadline?: number | undefined;
  /** When to repeat a request. `false`: never. */
  retry?: RetryOptions | false | undefined;
}

/** The options of every client. Times are in milliseconds. */
export interface CommonOptions {
  /**
   * The API key of the account, or a function that returns it. The function is called before every request, so keys can rotate. The key is
   * sent to the origin of the base URL and to no other. If the function throws, the error names only the class of what it threw: its
   * message may contain the key.
   */
  apiKey: string | (() => string | Promise<string>);
  /** Used instead of the global `fetch`. */
  fetch?: ((request: Request, init?: { signal?: AbortSignal }) => Promise<Response>) | undefined;
  /** Sent with every request. `Authorization` and `Content-Type` are set by the client. */
  headers?: Record<string, string> | Headers | undefined;
  /** The time limit of one attempt, in milliseconds. Default: 30,000. */
  timeout?: number | undefined;
  /** The time limit of a whole call, in milliseconds. Default: 120,000. */
  deadline?: number | undefined;
  /** When to repeat a request. `false`: never. */
  retry?: RetryOptions | false | undefined;
  /** The largest answer that is read, in bytes after decompression. Default: 33,554,432 (32 MiB). */
  maxResponseSize?: number | undefined;
}
