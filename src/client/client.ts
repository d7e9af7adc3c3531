import { collectionPath, handlerPath, idParameter, pageParameter } from "../../generated/client.ts";
import type { InstanceName } from "../../generated/instances.ts";
import { createCall } from "./call.ts";
import type { CallOptions } from "./call-options.ts";
import { need } from "./errors.ts";
import type { Init } from "./http.ts";
import { readOptions } from "./options.ts";
import { allPages } from "./pages.ts";
import type { Client, ClientOptions, ContractOf, NotificationHandlerPage } from "./types.ts";

/**
 * Creates a client of one instance of the API, typed by the instance's contract. If the instance is not registered, or known only at run
 * time, the types are those of the whole family.
 *
 * @throws {NotificationHandlersError} `invalid_argument` when an option is missing or wrong
 */
export function createClient<const N extends InstanceName | undefined = undefined>(
  options: ClientOptions<N>,
): Client<ContractOf<N>>;
export function createClient(options: ClientOptions | ClientOptions<undefined>): object {
  const settings = readOptions(options);
  const { baseUrl, listPath } = settings;
  const [http, call] = createCall(settings);

  /** Makes a call whose answer is `{ data: { ... } }`, and returns `data`. */
  const ask = async (method: string, path: string, init: Init, options?: CallOptions): Promise<never> =>
    ((await call(method, path, init, { data: {} }, options)) as { data: never }).data;

  const list: Client["list"] = async (query, options) => {
    checkPage(query?.[pageParameter]);
    const parts = { data: [], meta: {}, links: {} };
    return (await call("GET", listPath, { params: { query } }, parts, options)) as NotificationHandlerPage;
  };

  const client: Client = {
    baseUrl,
    list,
    listAll: (query, options) => allPages(list, query, options, settings),
    get: async (id, options) => ask("GET", handlerPath, at(id), options),
    // openapi-fetch sends nothing for an undefined body, which must not pass for an empty form.
    create: (body = null as never, options) => ask("POST", collectionPath, { body }, options),
    update: async (id, body = null as never, options) =>
      ask("POST", handlerPath, { ...at(id), body }, options),
    delete: async (id, options) => {
      await call("DELETE", handlerPath, at(id), {}, options);
    },
    http: http as Client["http"],
  };
  return client;
}

/** No page documents what page 0 is: a loop that counts from 0 could read page 1 twice, or nothing. */
function checkPage(page: number | undefined): void {
  const isFine = page === undefined || (Number.isSafeInteger(page) && page >= 1);
  need(isFine, `${pageParameter} must be an integer from 1, not ${typeof page} ${page}`);
}

function at(id: number): Init {
  need(Number.isSafeInteger(id), "id must be an integer");
  return { params: { path: { [idParameter]: id } } };
}
