import createFetchClient from "openapi-fetch";
import { NotificationHandlersError, type Where } from "./errors.ts";
import { multipart } from "./multipart.ts";
import { checkKey, type Settings } from "./options.ts";
import { abortedBy } from "./time.ts";
import { queryOf } from "./values.ts";

/** What the callers of openapi-fetch hand in, as far as it matters here. */
export interface Init {
  params?: { path?: object; query?: object; header?: object };
  body?: unknown;
  bodySerializer?: unknown;
  parseAs?: string;
  signal?: AbortSignal | null;
  fetch?: Settings["fetch"];
}

/** The request of an exchange, and the key that was sent with it, so that it can be kept out of errors. */
export interface Trace extends Where {
  key?: string;
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
export function createHttp({ baseUrl, headers, apiKey, fetch }: Settings): {
  http: object;
  exchange: Exchange;
} {
  const raw = createFetchClient({ baseUrl, headers: headers ?? {}, querySerializer: queryOf });
  const request = raw.request as unknown as (...parameters: unknown[]) => ReturnType<Exchange>;
  const origin = `${new URL(baseUrl).origin}/`;

  const exchange: Exchange = async (method, path, init = {}, trace = {}, signal) => {
    Object.assign(trace, { method, path, key: "" });
    const json = (init.parseAs ?? "json") === "json";
    try {
      const result = await request(method, path, {
        ...withForm(init),
        // As text: what is no JSON is told apart below.
        ...(json && { parseAs: "text" }),
        redirect: "manual",
        fetch: (request: Request) => send(request, init.fetch ?? fetch, trace, signal),
      });
      if (json && result.data) result.data = parseJson(`${result.data}`, trace);
      return result;
    } catch (error) {
      if (init.signal?.aborted) throw abortedBy(init.signal, trace);
      // Of the other errors, these come from the request or the answer, and the rest from the caller's own middleware.
      throw error instanceof TypeError ? failure(error, trace) : error;
    }
  };

  /** Sends a request with the key, to the configured origin only, and follows redirects of reads within it. */
  async function send(
    request: Request,
    fetch: Settings["fetch"],
    trace: Trace,
    signal: AbortSignal | undefined,
    redirects = 5,
  ): Promise<Response> {
    const { method, url } = request;
    if (!url.startsWith(origin)) throw notFollowed(url, trace);
    trace.path = url.slice(baseUrl.length).replace(/\?.*/, "");
    let response: Response;
    try {
      const key = typeof apiKey === "string" ? apiKey : checkKey(await apiKey());
      request.headers.set("Authorization", `Bearer ${key}`);
      trace.key = key;
      response = await fetch(request, signal && { signal });
    } catch (error) {
      throw failure(error, trace);
    }
    const { status, type, headers } = response;
    if (type !== "opaqueredirect" && (status < 300 || status > 399)) return response;
    const location = headers.get("Location");
    if (!location || method !== "GET" || !redirects) throw notFollowed(`${location}`, trace);
    return send(new Request(new URL(location, url), request), fetch, trace, signal, redirects - 1);
  }

  const http: Record<string, unknown> = {
    ...raw,
    request: (method: string, path: string, init?: Init) => exchange(method.toUpperCase(), path, init),
  };
  for (const method in raw) {
    if (/[A-Z]{3}/.test(method)) http[method] = (path: string, init?: Init) => exchange(method, path, init);
  }
  return { http, exchange };
}

/** The error of a URL that is not to be followed. */
export function notFollowed(url: string, trace: Trace): NotificationHandlersError {
  const message = `${url} was not followed: only reads are, and only within the origin of baseUrl.`;
  return new NotificationHandlersError("redirect", withoutKey(message, trace), trace);
}

/** A text without the key that was sent. */
export function withoutKey(text: string, { key }: Trace): string {
  return key ? text.replaceAll(key, "[key]") : text;
}

/** The same options with the body, if there is one, as a form, whose Content-Type is the only right one. */
function withForm(init: Init): Init {
  const { body, params, bodySerializer } = init;
  if (body === undefined || bodySerializer) return init;
  const [form, type] = body instanceof FormData ? [body, null] : multipart(body);
  return {
    ...init,
    bodySerializer: () => form,
    // Of all headers, those of `params` win; null takes away.
    params: { ...params, header: { ...params?.header, "Content-Type": type } },
  };
}

function parseJson(text: string, trace: Trace): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const html = /^\s*</.test(text);
    const message = `the answer is ${html ? "a page for people, not" : "no whole"} JSON.`;
    throw new NotificationHandlersError(html ? "html" : "invalid_json", message, { ...trace, status: 200 });
  }
}

/**
 * The error of a request that could not be made or was not answered. Its reason is told and not kept: who knows what it carries.
 */
function failure(reason: unknown, trace: Trace): NotificationHandlersError {
  if (reason instanceof NotificationHandlersError) return reason;
  const { message, cause } = Object(reason);
  const said = [message ?? reason, cause?.code, cause?.message].filter(Boolean).join(": ");
  return trace.key
    ? new NotificationHandlersError("network", `no answer: ${withoutKey(said, trace)}`, trace)
    : new NotificationHandlersError("invalid_request", `not sent: ${said}`, trace);
}
