import type { Client as FetchClient } from "openapi-fetch";
import type { collectionPath, DatetimeParameter, handlerPath, listPath } from "../../generated/client.ts";
import type { InstanceName, InstanceSchemas } from "../../generated/instances.ts";
import type { RetryOptions } from "./retry.ts";

/** The contracts there are types for: one per instance, and `family`, the union of all. */
export type ContractName = keyof InstanceSchemas;

type Paths<N extends ContractName> = InstanceSchemas[N]["paths"];
type Schemas<N extends ContractName> = InstanceSchemas[N]["components"]["schemas"];
type FormBody<Operation> = Operation extends {
  requestBody: { content: { "multipart/form-data": infer Body } };
}
  ? Body
  : never;

/** A flag of the contract (`0 | 1`) may be written as a boolean, and what is optional as `undefined`. */
type Written<T> = [Exclude<T, undefined>] extends [0 | 1] ? ([0 | 1] extends [T] ? T | boolean : T) : T;
type WrittenProperties<T> = {
  [K in keyof T]: Written<T[K]> | (Record<never, never> extends Pick<T, K> ? undefined : never);
};

/** A handler as an instance answers with it: `settings` is known once `type` is. */
export type NotificationHandler<N extends ContractName = "family"> = Schemas<N>["NotificationHandler"];

/** The types of handlers that an instance has. */
export type HandlerType<N extends ContractName = "family"> = NotificationHandler<N>["type"];

/** What `create` and `update` answer with. */
export type NotificationHandlerReference<N extends ContractName = "family"> =
  Schemas<N>["NotificationHandlerReference"]["data"];

/** One page of the list: the handlers, where in the list they are, and the neighbouring pages. */
export type NotificationHandlerPage<N extends ContractName = "family"> =
  Schemas<N>["NotificationHandlerList"];

type CreateBody<N extends ContractName> = FormBody<Paths<N>[typeof collectionPath]["post"]>;
type UpdateBody<N extends ContractName> = FormBody<Paths<N>[typeof handlerPath]["post"]>;
type ListQuery<N extends ContractName> = NonNullable<Paths<N>[typeof listPath]["get"]["parameters"]["query"]>;

type EachCreate<Body> = Body extends unknown ? WrittenProperties<Body> : never;

/**
 * The branch of an update that keeps the handler's type lacks the property that names a type. It is said to be undefined there, or
 * TypeScript would take a body that names one type and has fields of another for that branch.
 */
type EachUpdate<Body, Named extends PropertyKey> = Body extends unknown
  ? WrittenProperties<Body> & { [K in Exclude<Named, keyof Body>]?: undefined }
  : never;

/** What `create` takes: one shape per type of handler. */
export type CreateNotificationHandler<N extends ContractName = "family"> = EachCreate<CreateBody<N>>;

/** What `update` takes: everything is optional; what it does not name stays as it is. */
export type UpdateNotificationHandler<N extends ContractName = "family"> = EachUpdate<
  UpdateBody<N>,
  keyof CreateBody<N>
>;

/** What `list` and `listAll` take: the page and its size, and the filters where the instance has them. */
export type ListParameters<N extends ContractName = "family"> = {
  [K in keyof ListQuery<N>]?:
    | Written<ListQuery<N>[K]>
    | (K extends DatetimeParameter ? Date : never)
    | undefined;
};

/** What every method takes as its last argument. Times are in milliseconds. */
export interface CallOptions {
  /** Ends the call, between two attempts too; the error then has the code `aborted`. */
  signal?: AbortSignal | undefined;
  /** How long one attempt may take, its answer's body included. */
  timeout?: number | undefined;
  /** How long the whole call may take, its retries and the waits between them included. */
  deadline?: number | undefined;
  /** When to repeat a request; `false`: never. */
  retry?: RetryOptions | false | undefined;
}

interface CommonOptions {
  /**
   * The API key of the account, or a function that gives it and is asked before every request, so that keys can rotate. It is
   * sent to the origin of the base URL and to no other. What the function throws is told in the error's message, so it must not hold the
   * key itself.
   */
  apiKey: string | (() => string | Promise<string>);
  /** Sends the requests instead of the global `fetch`. */
  fetch?: ((request: Request, init?: { signal?: AbortSignal }) => Promise<Response>) | undefined;
  /** Sent with every request. `Authorization` and `Content-Type` are set by the client. */
  headers?: Record<string, string> | Headers | undefined;
  /** How long one attempt may take, in milliseconds. 30,000 unless told. */
  timeout?: number | undefined;
  /** How long a whole call may take, in milliseconds. 120,000 unless told. */
  deadline?: number | undefined;
  /** When to repeat a request; `false`: never. */
  retry?: RetryOptions | false | undefined;
}

/** Without an instance there must be a base URL. */
type WhereItIs<N> = [N] extends [InstanceName]
  ? { baseUrl?: string | URL | undefined }
  : { baseUrl: string | URL };

/**
 * What `createClient` takes: a known instance; the same, but somewhere else (a mock, a sandbox, a staging host); or the base URL of
 * any other instance, whose types are then those of the whole family.
 */
export type ClientOptions<N extends InstanceName | undefined = InstanceName> = CommonOptions & {
  /** The instance whose types the client has, and whose base URL unless another is given. */
  instance?: N;
  /** Where the API is: an absolute http or https URL. Needed without `instance`. */
  baseUrl?: string | URL | undefined;
} & WhereItIs<N>;

/** A client of one instance. All methods throw {@link NotificationHandlersError} and nothing else. */
export interface Client<N extends ContractName = "family"> {
  /** Where the API is, without a slash at the end. */
  readonly baseUrl: string;

  /** One page of the list. */
  list(
    parameters?: ListParameters<N> | undefined,
    options?: CallOptions,
  ): Promise<NotificationHandlerPage<N>>;

  /**
   * All handlers from the page asked for (the first unless told) to the last. A page is fetched when the loop comes to it, and
   * pages are as large as the contract allows unless `results_per_page` says otherwise. It ends when a page does not advance.
   */
  listAll(
    parameters?: ListParameters<N> | undefined,
    options?: CallOptions,
  ): AsyncGenerator<NotificationHandler<N>, void, undefined>;

  /** The handler with this id. */
  get(id: number, options?: CallOptions): Promise<NotificationHandler<N>>;

  /** Creates a handler, and gives its id. */
  create(body: CreateNotificationHandler<N>, options?: CallOptions): Promise<NotificationHandlerReference<N>>;

  /** Changes what the body names of a handler, and gives its id. */
  update(
    id: number,
    body: UpdateNotificationHandler<N>,
    options?: CallOptions,
  ): Promise<NotificationHandlerReference<N>>;

  /** Deletes a handler for good. */
  delete(id: number, options?: CallOptions): Promise<void>;

  /**
   * The openapi-fetch client below the methods, for those who want `{ data, error, response }`. It sends the key, builds forms and
   * queries, and refuses other origins like the methods do; it neither repeats requests nor throws for an error status.
   */
  readonly http: FetchClient<Paths<N>>;
}
