import createFetchClient from "openapi-fetch";
import { NotificationHandlersError, type Trace } from "./errors.ts";
import { multipart } from "./multipart.ts";
import { checkKey, type Settings } from "./options.ts";
import { abortedBy } from "./time.ts";
import { queryOf } from "./values.ts";

/** What the callers of openapi-fetch hand in, as far as it matters here. */
export interface Init {
  params?: { path?: object; query?: object | undefined; header?: object };
  body?: unknown;
  bodySerializer?: unknown;
  parseAs?: string;
  signal?: AbortSignal | null;
  fetch?: Settings["fetch"];
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
export function createHttp({ baseUrl, headers, apiKey, fetch }: Settings): [http: object, Exchange] {
  const raw = createFetchClient({ baseUrl, headers: headers ?? {}, querySerializer: queryOf });
  const request = raw.request as unknown as (...parameters: unknown[]) => ReturnType<Exchange>;
  const { origin } = new URL(baseUrl);

  const exchange: Exchange = async (method, path, init = {}, trace = {}, signal) => {
    Object.assign(trace, { method, path, status: undefined, key: "" });
    const json = (init.parseAs ?? "json") === "json";
    try {
      const result = await request(method, path, {
        ...withForm(init),
        // As text: what is no JSON is told apart below.
        ...(json && { parseAs: "text" }),
        redirect: "manual",
        fetch: (request: Request) => send(request, init.fetch ?? fetch, trace, signal),
      });
      if (json && result.response.ok) result.data = parseJson(result.data as string | undefined, trace);
      return result;
    } catch (error) {
      throw init.signal?.aborted ? abortedBy(init.signal, trace) : failure(error, trace);
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
    if (!url.startsWith(`${origin}/`)) throw notFollowed(url, trace);
    trace.path = url.slice(baseUrl.length).replace(/\?.*/, "");
    const key = checkKey(typeof apiKey === "function" ? await apiKey() : apiKey);
    request.headers.set("Authorization", `Bearer ${key}`);
    trace.key = key;
    const response = await fetch(request, signal && { signal });
    const { status, type, headers } = response;
    trace.status = status;
    if (type !== "opaqueredirect" && (status < 300 || status > 399)) return response;
    const location = headers.get("Location");
    if (!location || method !== "GET" || !redirects) throw notFollowed(location, trace);
    return send(new Request(new URL(location, url), request), fetch, trace, signal, redirects - 1);
  }

  const http: Record<string, unknown> = { ...raw, request: exchange };
  for (const name in raw) {
    // GET and its like: what is written in capitals comes before what is not.
    if (name < "a") http[name] = (path: string, init?: Init) => exchange(name, path, init);
  }
  return [http, exchange];
}

/** The error of a URL that is not to be followed; null where a redirect does not say where to. */
export function notFollowed(url: string | null, trace: Trace): NotificationHandlersError {
  const message = `${url ?? "a redirect"} was not followed: only reads are, within the origin of baseUrl.`;
  return new NotificationHandlersError("redirect", message, trace);
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

/** What a body says; undefined when it is empty. */
function parseJson(text: string | undefined, trace: Trace): unknown {
  if (!text?.trim()) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    const [code, what] = /^\s*</.test(text)
      ? (["html", "a page for people"] as const)
      : (["invalid_json", "cut off"] as const);
    throw new NotificationHandlersError(code, `the answer is ${what}, not JSON.`, trace);
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
    ? new NotificationHandlersError("network", `no answer: ${said}`, trace)
    : new NotificationHandlersError("invalid_argument", `not sent: ${said}`, trace);
}
