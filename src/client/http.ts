import createFetchClient, { type Middleware } from "openapi-fetch";
import { parseJson } from "./answers.ts";
import { bounded, readText } from "./bounded.ts";
import { failure, NotificationHandlersError, notFollowed, type RequestContext } from "./errors.ts";
import { multipart } from "./multipart.ts";
import { checkKey, checkSignal, type Settings } from "./options.ts";
import { within } from "./time.ts";
import { queryOf } from "./values.ts";

/** The options of openapi-fetch that matter here. */
export interface Init {
  params?: { path?: object; query?: object | undefined };
  body?: unknown;
  parseAs?: string;
  middleware?: readonly unknown[];
  signal?: AbortSignal | null;
}

/**
 * One request and its answer.
 *
 * @param context is filled in as the request goes on
 * @param signal ends the request
 */
export type Exchange = (
  method: string,
  path: string,
  init: Init,
  context: RequestContext,
  signal: AbortSignal | undefined,
) => Promise<Outcome>;

interface Outcome {
  data?: unknown;
  error?: unknown;
  response: Response;
}

/**
 * openapi-fetch, plus what it leaves open: forms, queries, the key and the only origin that gets it, the size limit of answers, and errors
 * that say what happened.
 *
 * @returns the client with openapi-fetch's interface, and the one function that all its methods call
 */
export function createHttp({
  baseUrl,
  headers,
  apiKey,
  fetch = globalThis.fetch,
  filterDatetimeFormat,
  maxResponseSize,
}: Settings): [http: object, Exchange] {
  const raw = createFetchClient({
    baseUrl,
    headers: headers as Headers,
    querySerializer: (values) => queryOf(values, filterDatetimeFormat),
  });
  const request = raw.request as unknown as (...parameters: unknown[]) => Promise<Outcome>;

  /** Whether there is middleware, which may read an answer before it is read below. */
  let isWatched = false;

  const exchange: Exchange = async (method, path, init, context, signal) => {
    const { parseAs = "json", middleware = [] } = init;
    const asJson = parseAs === "json";
    let form: [body: string, contentType: string] | undefined;
    try {
      const result = await request(method, path, {
        bodySerializer(values: unknown) {
          form = multipart(values, filterDatetimeFormat);
          return form[0];
        },
        ...init,
        // The body is read below, within the limit, and parsed where an HTML page is told from broken JSON.
        ...(asJson && { parseAs: "stream" }),
        redirect: "manual",
        // The last step before the request is sent: whatever was changed before, the key goes to no other origin.
        async fetch(request: Request) {
          const { url, headers } = request;
          if (!url.startsWith(`${baseUrl}/`)) throw notFollowed(url, context);
          context.path = url.slice(baseUrl.length).replace(/\?.*/, "");
          context.key = checkKey(typeof apiKey === "function" ? await askForKey(apiKey) : apiKey);
          headers.set("Authorization", `Bearer ${context.key}`);
          if (form) headers.set("Content-Type", form[1]);
          context.sent = true;
          const response = await fetch(request, signal && { signal });
          context.status = response.status;
          context.headers = response.headers;
          if (isRedirect(response.status)) {
            response.body?.cancel().catch(() => {});
            throw notFollowed(response.headers.get("Location"), context);
          }
          // Bodies that are not read below are read by others.
          const isReadBelow = asJson && response.ok && !isWatched && middleware.length === 0;
          return isReadBelow ? response : bounded(response, maxResponseSize, context);
        },
      });
      const { response } = result;
      if (asJson && response.ok && response.body !== null) {
        const text = await readText(response, maxResponseSize, context);
        result.data = parseJson(text, response, context);
      }
      return result;
    } catch (error) {
      throw failure(error, context);
    }
  };

  /** The calls of `http`: an exchange that ends with the caller's signal, and has no time limit. */
  const send = async (method: string, path: string, init: Init = {}): Promise<Outcome> => {
    const { signal } = init;
    checkSignal(signal);
    const context: RequestContext = { method, path, signal, started: Date.now() };
    // A stream is read after this returns, and the signal must be able to end that, too.
    if (!signal || init.parseAs === "stream") return exchange(method, path, init, context, undefined);
    return within(Number.POSITIVE_INFINITY, "", context, (inner) =>
      exchange(method, path, { ...init, signal: inner }, context, inner),
    );
  };

  const { use, eject, request: _, ...methods } = raw;
  const watch = (...middleware: Middleware[]) => {
    isWatched = true;
    use(...middleware);
  };
  const http: Record<string, unknown> = { use: watch, eject, request: send };
  for (const method in methods) {
    http[method] = (path: string, init?: Init) => send(method, path, init);
  }
  return [http, exchange];
}

/** Browsers show a redirect as status 0, and hide where it leads. */
function isRedirect(status: number): boolean {
  return status === 0 || (status >= 300 && status < 400);
}

/** Calls the caller's function. What it throws is not repeated: an unknown key can't be masked. */
async function askForKey(apiKey: () => string | Promise<string>): Promise<string> {
  try {
    return await apiKey();
  } catch (error) {
    const name = error instanceof Error ? error.name : typeof error;
    throw new NotificationHandlersError(
      "invalid_argument",
      `the function apiKey failed with ${name}; what it said may hold the key`,
    );
  }
}
