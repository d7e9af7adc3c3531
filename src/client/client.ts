import { collectionPath, handlerPath, idParameter, listPath } from "../../generated/client.ts";
import type { InstanceName } from "../../generated/instances.ts";
import { createCall } from "./call.ts";
import { need } from "./errors.ts";
import { createHttp, type Init } from "./http.ts";
import { readOptions } from "./options.ts";
import { allPages } from "./pages.ts";
import type { CallOptions, Client, ClientOptions, NotificationHandlerPage } from "./types.ts";

/**
 * A client of one instance of the API, typed by the instance's contract.
 *
 * @throws {NotificationHandlersError} `invalid_argument` when an option is missing or wrong
 */
export function createClient<const N extends InstanceName | undefined = undefined>(
  options: ClientOptions<N>,
): Client<[N] extends [InstanceName] ? N : "family">;
export function createClient(options: ClientOptions | ClientOptions<undefined>): Client {
  const settings = readOptions(options);
  const { baseUrl, limits } = settings;
  const [http, exchange] = createHttp(settings);
  const call = createCall(exchange, limits);

  /** Asks for an answer that is `{ data: { ... } }`, and gives what is in it. */
  const ask = async (method: string, path: string, init: Init, options?: CallOptions): Promise<never> =>
    (await call<{ data: never }>(method, path, init, { data: false }, options)).data;

  const list: Client["list"] = (query, options) =>
    call<NotificationHandlerPage>(
      "GET",
      listPath,
      { params: { query } },
      { data: true, meta: false, links: false },
      options,
    );

  return {
    baseUrl,
    list,
    listAll: (query, options) => allPages(list, query, options, baseUrl),
    get: async (id, options) => ask("GET", handlerPath, at(id), options),
    create: (body, options) => ask("POST", collectionPath, form(body), options),
    update: async (id, body, options) => ask("POST", handlerPath, { ...at(id), ...form(body) }, options),
    delete: async (id, options) => {
      await call("DELETE", handlerPath, at(id), {}, options);
    },
    http: http as Client["http"],
  };
}

function at(id: number): Init {
  need(Number.isSafeInteger(id), "The id must be an integer.");
  return { params: { path: { [idParameter]: id } } };
}

/** openapi-fetch sends nothing for an undefined body; that must not pass for an empty form. */
function form(body: unknown): Init {
  return { body: body ?? null };
}
