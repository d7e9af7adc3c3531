import type { Client as FetchClient } from "openapi-fetch";
import type { CallOptions } from "./call-options.ts";
import type {
  Contract,
  CreateIn,
  HandlerIn,
  HandlerTypeIn,
  ListParametersIn,
  PageIn,
  ReferenceIn,
  UpdateIn,
} from "./contract-types.ts";

/** The methods that an instance may lack, and the operation that each needs. */
interface MethodOperations {
  get: "getNotificationHandler";
  create: "createNotificationHandler";
  update: "updateNotificationHandler";
  delete: "deleteNotificationHandler";
}

/** The methods whose operations are among these. */
export type MethodsOf<Operation> = {
  [M in keyof MethodOperations]: MethodOperations[M] extends Operation ? M : never;
}[keyof MethodOperations];

/**
 * A client of an instance with this contract. All methods throw {@link NotificationHandlersError} and nothing else.
 *
 * If the instance does not document an operation, the type has no method for it. Plain JavaScript can still call the method: the request is
 * sent, and an error status of the instance becomes an error with the code `http`.
 */
export type ClientIn<C extends Contract> = ListMethods<C> &
  Pick<HandlerMethods<C>, MethodsOf<keyof C["operations"]>>;

/** What every client has. */
interface ListMethods<C extends Contract> {
  /** The base URL of the API, without a slash at the end. */
  readonly baseUrl: string;

  /**
   * One page of the list.
   *
   * @param parameters the page and its size, and the filters that the instance has
   * @throws {NotificationHandlersError} `invalid_argument` before anything is sent; `http`, `network`, `timeout` and others after
   * @example
   * const { data, meta } = await client.list({ results_per_page: 100 });
   */
  list(parameters?: ListParametersIn<C> | undefined, options?: CallOptions): Promise<PageIn<C>>;

  /**
   * All handlers, from the given page (default: the first) to the last. Each page is fetched when the loop reaches it. Pages have the
   * largest size that the contract allows, unless `results_per_page` is given. The loop ends when a page does not advance. It throws when
   * the instance names a next page after its last.
   *
   * @throws {NotificationHandlersError} in the loop: what `list` throws; `unexpected_shape` when the list has no end
   * @example
   * for await (const handler of client.listAll()) console.log(handler.name);
   */
  listAll(
    parameters?: ListParametersIn<C> | undefined,
    options?: CallOptions,
  ): AsyncGenerator<HandlerIn<C>, void, undefined>;

  /**
   * The openapi-fetch client below the methods, for those who want `{ data, error, response }`. Like the methods, it sends the key, builds
   * forms and queries, limits the size of answers, and refuses other origins. It does not retry, and does not throw for an error status.
   * Its types are those of the contract, unchanged.
   *
   * @throws {NotificationHandlersError} when there is no answer, or an unreadable one
   * @example
   * const { data, error, response } = await client.http.GET("/notification-handlers/");
   */
  readonly http: FetchClient<C["paths"]>;
}

/** The methods that a client has if its instance has the operation. */
interface HandlerMethods<C extends Contract> {
  /**
   * The handler with this id.
   *
   * @throws {NotificationHandlersError} `http` with status 404 when there is none
   * @example
   * const handler = await client.get(1);
   * if (handler.type === "email") console.log(handler.settings.email);
   */
  get(id: number, options?: CallOptions): Promise<HandlerIn<C>>;

  /**
   * Creates a handler, and returns its id. The request is repeated only if the first one cannot have taken effect: after 429, or when the
   * connection was refused.
   *
   * @param body the type, a name, and the fields of the type
   * @throws {NotificationHandlersError} `http` with status 400 when the instance refuses it. After `network` or `timeout` the handler may
   * exist.
   * @example
   * const { id } = await client.create({ type: "email", name: "Ops", email: "ops@example.com" });
   */
  create<T extends HandlerTypeIn<C>>(
    body: { type: T } & CreateIn<C, T>,
    options?: CallOptions,
  ): Promise<ReferenceIn<C>>;

  /**
   * Changes the given properties of a handler, and returns its id. The request is repeated only if the first one cannot have taken effect.
   *
   * @param body what to change; with a `type`, its fields
   * @throws {NotificationHandlersError} `http` with status 404 when there is no such handler, with 400 when the instance refuses the change
   * @example
   * await client.update(id, { name: "Operations", is_enabled: false });
   */
  update<T extends HandlerTypeIn<C> | undefined = undefined>(
    id: number,
    body: { type?: T } & UpdateIn<C, T>,
    options?: CallOptions,
  ): Promise<ReferenceIn<C>>;

  /**
   * Deletes a handler permanently. A retry that gets 404 counts as success.
   *
   * @throws {NotificationHandlersError} `http` with status 404 when there is no such handler
   * @example
   * await client.delete(id);
   */
  delete(id: number, options?: CallOptions): Promise<void>;
}
