import createFetchClient from "openapi-fetch";
import { failure, NotificationHandlersError, notFollowed, type Trace } from "./errors.ts";
import { multipart } from "./multipart.ts";
import { checkKey, type Settings } from "./options.ts";
import { queryOf } from "./values.ts";

/** What the callers of openapi-fetch hand in, as far as it matters here. */
export interface Init {
  params?: { path?: object; query?: object | undefined };
  body?: unknown;
  parseAs?: string;
  signal?: AbortSignal | null;
}

export type Exchange = (
  method: string,
  path: string,
  init?: Init,
  trace?: Trace,
  signal?: AbortSignal,
) => Promise<{ data?: unknown; error?: unknown; response: Response }>;

/**
 * openapi-fetch, with what it leaves open: forms, queries, the key and where it may go, and errors that say what happened.
 *
 * @returns the client with openapi-fetch's interface, and the one function that all its methods call
 */
export function createHttp({
  baseUrl,
  headers,
  apiKey,
  fetch = globalThis.fetch,
  filterDatetimeFormat,
}: Settings): [http: object, Exchange] {
  const raw = createFetchClient({
    baseUrl,
    headers: headers as Headers,
    querySerializer: (values) => queryOf(values, filterDatetimeFormat),
  });
  const request = raw.request as unknown as (...parameters: unknown[]) => ReturnType<Exchange>;

  const exchange: Exchange = async (
    method,
    path,
    init = {},
    trace = { method, path, signal: init.signal },
    signal,
  ) => {
    const json = (init.parseAs ?? "json") === "json";
    let form: [body: string, contentType: string] | undefined;
    try {
      const result = await request(method, path, {
        bodySerializer(values: unknown) {
          form = multipart(values, filterDatetimeFormat);
          return form[0];
        },
        ...init,
        // As text: what is no JSON is told apart below.
        ...(json && { parseAs: "text" }),
        redirect: "manual",
        // The last thing before the request is sent: whatever was changed on the way, the key goes nowhere else.
        async fetch(request: Request) {
          const { url, headers } = request;
          if (!url.startsWith(`${baseUrl}/`)) throw notFollowed(url, trace);
          trace.path = url.slice(baseUrl.length).replace(/\?.*/, "");
          trace.key = checkKey(typeof apiKey === "function" ? await apiKey() : apiKey);
          headers.set("Authorization", `Bearer ${trace.key}`);
          if (form) headers.set("Content-Type", form[1]);
          const response = await fetch(request, signal && { signal });
          trace.status = response.status;
          // 300 to 399. Browsers show a redirect as status 0, and not where it leads.
          if (response.status % 300 < 100) throw notFollowed(response.headers.get("Location"), trace);
          return response;
        },
      });
      if (json) result.data = parseJson(result.data as string | undefined, trace);
      return result;
    } catch (error) {
      throw failure(error, trace);
    }
  };

  const http: Record<string, unknown> = { ...raw, request: exchange };
  for (const name in raw) {
    // GET and its like: what is written in capitals comes before what is not.
    if (name < "a") http[name] = (path: string, init?: Init) => exchange(name, path, init);
  }
  return [http, exchange];
}

/** What a body says; undefined when it is empty. */
function parseJson(text: string | undefined, trace: Trace): unknown {
  if (!text?.trim()) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new NotificationHandlersError(
      /^\s*</.test(text) ? "html" : "invalid_json",
      "the answer lacks JSON",
      trace,
    );
  }
}
