import type { RetryOptions } from "./retry.ts";

/** What every method takes as its last argument. Times are in milliseconds. */
export interface CallOptions {
  /** Ends the call, between two attempts too; the error then has the code `aborted`. */
  signal?: AbortSignal | undefined;
  /** How long one attempt may take, its answer's body included. */
  timeout?: number | undefined;
  /** How long the whole call may take, its retries and the waits between them included. */
  deadline?: number | undefined;
  /** When to repeat a request; `false`: never. */
  retry?: RetryOptions | false | undefined;
}

/** What every client can be told. Times are in milliseconds. */
export interface CommonOptions {
  /**
   * The API key of the account, or a function that gives it and is asked before every request, so that keys can rotate. It is
   * sent to the origin of the base URL and to no other. Of what the function throws, the error tells only the class: its message may hold
   * the key.
   */
  apiKey: string | (() => string | Promise<string>);
  /** Sends the requests instead of the global `fetch`. */
  fetch?: ((request: Request, init?: { signal?: AbortSignal }) => Promise<Response>) | undefined;
  /** Sent with every request. `Authorization` and `Content-Type` are set by the client. */
  headers?: Record<string, string> | Headers | undefined;
  /** How long one attempt may take, in milliseconds. 30,000 unless told. */
  timeout?: number | undefined;
  /** How long a whole call may take, in milliseconds. 120,000 unless told. */
  deadline?: number | undefined;
  /** When to repeat a request; `false`: never. */
  retry?: RetryOptions | false | undefined;
  /** How large an answer may be, in bytes, after decompression. 33,554,432 (32 MiB) unless told. */
  maxResponseSize?: number | undefined;
}
