import { collectionPath, handlerPath, idParameter, listPath } from "../../generated/client.ts";
import type { InstanceName } from "../../generated/instances.ts";
import { type InstanceError, invalidRequest, NotificationHandlersError } from "./errors.ts";
import { createHttp, type Trace, withoutKey } from "./http.ts";
import { readLimits, readOptions } from "./options.ts";
import { allPages } from "./pages.ts";
import { parseRetryAfter, retryDelay } from "./retry.ts";
import { wait, within } from "./time.ts";
import type { CallOptions, Client, ClientOptions } from "./types.ts";

/**
 * A client of one instance of the API, typed by the instance's contract.
 *
 * @throws {NotificationHandlersError} `invalid_options` when an option is missing or wrong
 */
export function createClient<const N extends InstanceName>(
  options: ClientOptions<N> & { instance: N },
): Client<N>;
export function createClient(options: ClientOptions & { instance?: undefined }): Client;
export function createClient(options: ClientOptions): Client {
  const settings = readOptions(options);
  const { http, exchange } = createHttp(settings);

  /** One exchange as often as the rules allow; gives the answer's JSON. */
  async function call(
    method: string,
    path: string,
    init: Parameters<typeof exchange>[2],
    options: CallOptions | undefined,
  ): Promise<unknown> {
    const { timeout, deadline, retry } = readLimits(options, settings.limits);
    const signal = options?.signal;
    const trace: Trace = { method, path };
    const end = Date.now() + deadline;
    for (let attempt = 1; ; attempt++) {
      const left = end - Date.now();
      try {
        return await within(
          Math.min(timeout, left),
          signal,
          trace,
          () =>
            new NotificationHandlersError(
              "timeout",
              `no answer within ${Math.min(timeout, left)} ms.`,
              trace,
            ),
          async (inner) => {
            const { data, error, response } = await exchange(method, path, init, trace, inner);
            if (!response.ok) throw httpFailure(response, error, trace);
            return data;
          },
        );
      } catch (error) {
        if (!(error instanceof NotificationHandlersError)) throw error;
        if (attempt > 1 && method === "DELETE" && error.status === 404) return undefined;
        const delay = signal?.aborted ? undefined : retryDelay(error, attempt, method !== "POST", retry);
        if (delay === undefined || Date.now() + delay >= end) throw error;
        await wait(delay, signal, trace);
      }
    }
  }

  /** What the answer says, when it has the shape that the contract describes. */
  function checked(answer: unknown, method: string, path: string, ...objects: string[]): never {
    const wrong = objects.find((name) => !isObject((answer as Record<string, unknown> | undefined)?.[name]));
    if (answer === undefined) {
      throw new NotificationHandlersError("invalid_json", "the answer is empty.", {
        method,
        path,
        status: 200,
      });
    }
    if (wrong) {
      throw new NotificationHandlersError("unexpected_shape", `the answer has no object "${wrong}".`, {
        method,
        path,
        status: 200,
      });
    }
    return answer as never;
  }

  const list: Client["list"] = async (query = {}, options) =>
    checked(
      await call("GET", listPath, { params: { query } }, options),
      "GET",
      listPath,
      "data",
      "meta",
      "links",
    );

  const client: Client = {
    baseUrl: settings.baseUrl,
    list,
    listAll: (query, options) => allPages(list, query, options, settings.baseUrl),
    get: async (id, options) => (await one("GET", id, undefined, options)).data,
    create: async (body, options) => {
      const answer = await call("POST", collectionPath, { body: bodyOf(body) }, options);
      return (checked(answer, "POST", collectionPath, "data") as { data: { id: number } }).data;
    },
    update: async (id, body, options) => (await one("POST", id, bodyOf(body), options)).data,
    delete: async (id, options) => {
      await call("DELETE", handlerPath, { params: { path: pathOf(id) } }, options);
    },
    http: http as Client["http"],
  };
  return client;

  async function one(method: string, id: number, body: unknown, options: CallOptions | undefined) {
    const init = { params: { path: pathOf(id) }, ...(body !== undefined && { body }) };
    const answer = await call(method, handlerPath, init, options);
    return checked(answer, method, `${collectionPath}/${id}`, "data") as { data: never };
  }
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}

function bodyOf(body: unknown): unknown {
  if (body === undefined) throw invalidRequest("A body is needed.");
  return body;
}

function pathOf(id: number): Record<string, number> {
  if (!Number.isSafeInteger(id)) throw invalidRequest("The id must be an integer.");
  return { [idParameter]: id };
}

/** The error of an answer with an error status. */
function httpFailure(response: Response, body: unknown, trace: Trace): NotificationHandlersError {
  const { status, statusText, headers } = response;
  const listed: unknown = (body as { errors?: unknown } | undefined)?.errors;
  const errors = (Array.isArray(listed) ? listed : [])
    .filter(isObject)
    .map((error): InstanceError => ({ ...error, title: withoutKey(String(error.title), trace) }));
  const said = errors.map((error) => error.title).join("; ") || withoutKey(statusText, trace);
  return new NotificationHandlersError("http", `${status}${said && ` ${said}`}`, {
    ...trace,
    status,
    errors,
    retryAfter: parseRetryAfter(headers.get("Retry-After")),
  });
}
