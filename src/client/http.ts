import createFetchClient from "openapi-fetch";
import { invalidRequest, NotificationHandlersError, type Where } from "./errors.ts";
import { multipart } from "./multipart.ts";
import { checkKey, type Settings } from "./options.ts";
import { noteUnsent } from "./retry.ts";
import { abortedBy } from "./time.ts";
import { queryOf } from "./values.ts";

const LONGEST_REDIRECT_CHAIN = 5;

/** What the callers of openapi-fetch hand in, as far as it matters here. */
interface Init {
  params?: { path?: Record<string, unknown>; query?: unknown; header?: Record<string, unknown> };
  body?: unknown;
  bodySerializer?: unknown;
  parseAs?: string;
  signal?: AbortSignal | null;
  fetch?: Settings["fetch"];
  [option: string]: unknown;
}

/** What one exchange leaves behind, besides its result. */
export interface Trace extends Where {
  /** The key that was sent, so that it can be kept out of errors. */
  key?: string;
}

export type Exchange = (
  method: string,
  path: string,
  init: Init | undefined,
  trace?: Trace,
  signal?: AbortSignal,
) => Promise<{ data?: unknown; error?: unknown; response: Response }>;

/**
 * openapi-fetch, with what it leaves open: forms, queries, the key and where it may go, and errors that say what happened.
 *
 * @returns the client with openapi-fetch's interface, and the one function that all its methods call
 */
export function createHttp(settings: Settings): { http: object; exchange: Exchange } {
  const raw = createFetchClient({
    baseUrl: settings.baseUrl,
    headers: settings.headers,
    querySerializer: (query) => queryOf(query, settings.datetimeFormat),
  });
  const request = raw.request as unknown as (...parameters: unknown[]) => ReturnType<Exchange>;
  const origin = `${new URL(settings.baseUrl).origin}/`;

  const exchange: Exchange = async (method, path, init = {}, trace = {}, signal) => {
    trace.method = method;
    trace.path = path.replace(/\{(\w+)\}/g, (_, name) => String(init.params?.path?.[name]));
    const json = (init.parseAs ?? "json") === "json";
    let sent = false;
    try {
      const result = await request(method, path, {
        ...(init.body === undefined || init.bodySerializer ? init : withForm(init)),
        // As text, since what is no JSON is to be told apart; and null would be taken for "no such option" below.
        ...(json && { parseAs: "text" }),
        redirect: "manual",
        fetch: (first: Request) => {
          sent = true;
          return send(first, init.fetch ?? settings.fetch, trace, signal);
        },
      });
      if (json && result.response.ok) {
        result.data = parseJson(result.data as string | undefined, result.response, trace);
      }
      return result;
    } catch (error) {
      throw failureOf(error, sent, init.signal, trace);
    }
  };

  /** Sends a request with the key, to the configured origin only, and follows redirects of reads within it. */
  async function send(
    next: Request,
    fetch: Settings["fetch"],
    trace: Trace,
    signal: AbortSignal | undefined,
  ): Promise<Response> {
    for (let redirects = 0; ; redirects++) {
      if (!next.url.startsWith(origin)) throw elsewhere(next.url, trace);
      trace.key =
        typeof settings.apiKey === "string" ? settings.apiKey : await askForKey(settings.apiKey, trace);
      next.headers.set("Authorization", `Bearer ${trace.key}`);
      let response: Response;
      try {
        response = await fetch(next, signal && { signal });
      } catch (reason) {
        if (next.signal.aborted) throw abortedBy(next.signal, trace);
        const failure = networkFailure(reason, trace);
        noteUnsent(failure, reason);
        throw failure;
      }
      if (response.redirected && !response.url.startsWith(origin)) throw elsewhere(response.url, trace);
      const location = response.headers.get("Location");
      if (response.type !== "opaqueredirect" && !(location && /^30[12378]$/.test(`${response.status}`))) {
        return response;
      }
      const target = location ? parseUrl(location, next.url) : undefined;
      if (target && !target.href.startsWith(origin)) throw elsewhere(target.href, trace);
      if (!target || next.method !== "GET" || redirects === LONGEST_REDIRECT_CHAIN) {
        throw new NotificationHandlersError(
          "redirect",
          `the instance redirects${target ? ` to ${withoutKey(target.href, trace)}` : ""}, which was not followed. Is baseUrl right?`,
          { ...trace, status: response.status || undefined },
        );
      }
      next = new Request(target, { headers: next.headers, signal: next.signal, redirect: "manual" });
    }
  }

  const http: Record<string, unknown> = {
    ...raw,
    request: (method: string, path: string, init?: Init) => exchange(method.toUpperCase(), path, init),
  };
  for (const method of Object.keys(raw).filter((name) => /^[A-Z]+$/.test(name))) {
    http[method] = (path: string, init?: Init) => exchange(method, path, init);
  }
  return { http, exchange };
}

/** The URL that a text names, seen from another; undefined when it names none. */
export function parseUrl(text: string, base: string): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}

/** The error of a URL that leads to another origin. */
export function elsewhere(url: string, where: Where): NotificationHandlersError {
  return new NotificationHandlersError(
    "origin",
    `${new URL(url).origin} is another origin than that of baseUrl, and the key is not sent there.`,
    where,
  );
}

/** The same options with the body as a form, whose Content-Type is the only right one. */
function withForm(init: Init): Init {
  const { body, params } = init;
  const form = body instanceof FormData ? { body, contentType: null } : multipart(body);
  return {
    ...init,
    bodySerializer: () => form.body,
    // Of all headers, those of `params` win; null takes away.
    params: { ...params, header: { ...params?.header, "Content-Type": form.contentType } },
  };
}

async function askForKey(apiKey: () => string | Promise<string>, where: Where): Promise<string> {
  let key: string;
  try {
    key = await apiKey();
  } catch (cause) {
    throw new NotificationHandlersError("invalid_options", "the function apiKey failed.", {
      ...where,
      cause,
    });
  }
  return checkKey(key);
}

function parseJson(text: string | undefined, response: Response, where: Where): unknown {
  if (!text?.trim()) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    const { status } = response;
    const html = /^\s*</.test(text);
    throw html
      ? new NotificationHandlersError("html", `the answer (${status}) is a page for people, not JSON.`, {
          ...where,
          status,
        })
      : new NotificationHandlersError("invalid_json", `the answer (${status}) is cut off, or no JSON.`, {
          ...where,
          status,
        });
  }
}

/** What a failure of openapi-fetch, of a body that is being read, or of a caller's middleware is to the caller. */
function failureOf(
  error: unknown,
  sent: boolean,
  signal: AbortSignal | null | undefined,
  trace: Trace,
): unknown {
  if (error instanceof NotificationHandlersError) return error;
  if (signal?.aborted) return abortedBy(signal, trace);
  // Errors of other classes are those of the caller's own middleware.
  if (!(error instanceof TypeError || error instanceof SyntaxError || error instanceof DOMException))
    return error;
  return sent ? networkFailure(error, trace) : invalidRequest(withoutKey(error.message, trace));
}

/** The error of a fetch that failed. Its reason is told and not kept: who knows what it carries. */
function networkFailure(reason: unknown, trace: Trace): NotificationHandlersError {
  const { message, cause } = (reason ?? {}) as {
    message?: unknown;
    cause?: { code?: unknown; message?: unknown };
  };
  const detail = [message, cause?.code, cause?.message].filter(Boolean).join(": ") || String(reason);
  return new NotificationHandlersError("network", `no answer: ${withoutKey(detail, trace)}`, trace);
}

/** A text without the key that was sent. */
export function withoutKey(text: string, { key }: Trace): string {
  return key ? text.replaceAll(key, "[key]") : text;
}
