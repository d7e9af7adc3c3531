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

/** The methods that an instance may lack, by the operation that each needs. */
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
 * A method whose operation the instance does not document is not in its type. Plain JavaScript can still call it: the request is sent,
 * and what the instance answers ends in an error of code `http`.
 */
export type ClientIn<C extends Contract> = ListMethods<C> &
  Pick<HandlerMethods<C>, MethodsOf<keyof C["operations"]>>;

/** What every client has. */
interface ListMethods<C extends Contract> {
  /** Where the API is, without a slash at the end. */
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
   * All handlers from the page asked for (the first unless told) to the last. A page is fetched when the loop comes to it, and
   * pages are as large as the contract allows unless `results_per_page` says otherwise. It ends when a page does not advance, and with an error when the
   * instance names a page after its last.
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
   * The openapi-fetch client below the methods, for those who want `{ data, error, response }`. It sends the key, builds forms and
   * queries, bounds answers, and refuses other origins like the methods do; it neither repeats requests nor throws for an error status. Its types are
   * those of the contract as it stands.
   *
   * @throws {NotificationHandlersError} where there is no answer, or none that can be read
   * @example
   * const { data, error, response } = await client.http.GET("/notification-handlers/");
   */
  readonly http: FetchClient<C["paths"]>;
}

/** What the clients have whose instance has the operation. */
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
   * Creates a handler, and gives its id. It is sent again only where the first cannot have happened: after 429, and when the connection was
   * refused.
   *
   * @param body the type, a name, and the fields of the type
   * @throws {NotificationHandlersError} `http` with status 400 when the instance refuses it; after `network` or `timeout` it may have
   *   happened
   * @example
   * const { id } = await client.create({ type: "email", name: "Ops", email: "ops@example.com" });
   */
  create<T extends HandlerTypeIn<C>>(
    body: { type: T } & CreateIn<C, T>,
    options?: CallOptions,
  ): Promise<ReferenceIn<C>>;

  /**
   * Changes what the body names of a handler, and gives its id. It is sent again only where the first cannot have happened.
   *
   * @param body what is to change; with a `type`, its fields
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
   * Deletes a handler for good. A repetition that finds nothing has succeeded.
   *
   * @throws {NotificationHandlersError} `http` with status 404 when there is no such handler
   * @example
   * await client.delete(id);
   */
  delete(id: number, options?: CallOptions): Promise<void>;
}
