import type { Client as FetchClient } from "openapi-fetch";
import type { DatetimeParameter } from "../../generated/client.ts";
import type { InstanceName, InstanceSchemas } from "../../generated/instances.ts";
import type { RetryOptions } from "./retry.ts";

/** The contracts there are types for: one per instance, and `family`, the union of all. */
export type ContractName = keyof InstanceSchemas;

type Schemas<N extends ContractName> = InstanceSchemas[N]["components"]["schemas"];
/** A schema that only instances with some operation have; never for the others. */
type Schema<N extends ContractName, Name extends string> =
  Schemas<N> extends Record<Name, infer S> ? S : never;
type Operations<N extends ContractName> = InstanceSchemas[N]["operations"];

/**
 * A type of handler that the contract does not know: a string, which `unlistedType` makes.
 *
 * It is an enum for the compiler alone, and no value has the texts of its members. From a plain string, marked or not, the compiler
 * could not tell the listed types; of an enum it knows that no listed type is among it. There are two members, since an enum of one is
 * that one, and whatever differs from it would be taken for listed.
 */
export declare enum UnlistedType {
  One = "one of the types that the contract does not know",
  Other = "another one",
}

/** The property `type`: where the contract is open to any text, it is one of the listed types or a marked text. */
type TypeValue<T> = string extends T ? UnlistedType : T;

/** What a form can carry in a field that the contract does not know. */
type FieldValue = string | number | boolean;

/**
 * A value as callers write it: a flag of the contract (`0 | 1`) may be a boolean, and a field of an unlisted type whatever a form can
 * carry.
 */
type Written<T> = unknown extends T
  ? FieldValue
  : [Exclude<T, undefined>] extends [0 | 1]
    ? [0 | 1] extends [T]
      ? T | boolean
      : T
    : T;

/** A form as callers write it: what is optional may be `undefined`, too. */
type WrittenForm<T> = {
  [K in keyof T]:
    | (K extends "type" ? TypeValue<T[K]> : Written<T[K]>)
    | (Record<never, never> extends Pick<T, K> ? undefined : never);
};

/**
 * A handler as callers read it: without the empty list that its settings may be, which has no setting to read, and its type marked where
 * it is none of the listed.
 */
type ReadHandler<H> = H extends unknown
  ? { [K in keyof H]: K extends "type" ? TypeValue<H[K]> : Exclude<H[K], unknown[]> }
  : never;

/**
 * A handler as an instance answers with it: `settings` is known once `type` is.
 *
 * An instance may write settings without anything in them as an empty list, `[]`: reading a setting from that gives undefined, as from
 * an empty object.
 */
export type NotificationHandler<N extends ContractName = "family"> = ReadHandler<
  Schemas<N>["NotificationHandler"]
>;

/** The types of handlers that an instance has; `UnlistedType` is among them where it may have others, too. */
export type HandlerType<N extends ContractName = "family"> = NotificationHandler<N>["type"];

/** What `create` and `update` answer with. */
export type NotificationHandlerReference<N extends ContractName = "family"> =
  Schema<N, "NotificationHandlerReference"> extends { data: infer Reference } ? Reference : never;

type List<N extends ContractName> = Schemas<N>["NotificationHandlerList"];

/** One page of the list: the handlers, where in the list they are, and the neighbouring pages. */
export type NotificationHandlerPage<N extends ContractName = "family"> = {
  [K in keyof List<N>]: K extends "data" ? NotificationHandler<N>[] : List<N>[K];
};

type CreateForm<N extends ContractName> = Schema<N, "CreateNotificationHandler">;
type UpdateForm<N extends ContractName> = Schema<N, "UpdateNotificationHandler">;

type EachCreate<Form> = Form extends unknown ? WrittenForm<Form> : never;

/** The properties that a form names; others may be allowed beside them. */
type NamedIn<Form> = keyof {
  [K in keyof Form as string extends K ? never : number extends K ? never : K]: 1;
};

/**
 * The branch of an update that keeps the handler's type lacks the property that names a type. It is said to be undefined there, or
 * TypeScript would take a form that names one type and has fields of another for that branch.
 */
type EachUpdate<Form> = Form extends unknown
  ? WrittenForm<Form> & ("type" extends NamedIn<Form> ? unknown : { type?: undefined })
  : never;

/** What `create` takes: one shape per type of handler, and for an unlisted type any fields beside its name. */
export type CreateNotificationHandler<N extends ContractName = "family"> = EachCreate<CreateForm<N>>;

/**
 * What `update` takes: everything is optional; what it does not name stays as it is. Where handlers may be of unlisted types, an update
 * that names no type takes any field, since the handler may be of one.
 */
export type UpdateNotificationHandler<N extends ContractName = "family"> = EachUpdate<UpdateForm<N>>;

type ListQuery<N extends ContractName> = NonNullable<
  Operations<N>["listNotificationHandlers"]["parameters"]["query"]
>;

/** What `list` and `listAll` take: the page and its size, and the filters where the instance has them. */
export type ListParameters<N extends ContractName = "family"> = {
  [K in keyof ListQuery<N>]?:
    | (K extends "type" ? HandlerType<N> : Written<ListQuery<N>[K]>)
    | (K extends DatetimeParameter ? Date : never)
    | undefined;
};

/**
 * The contract that an instance's client has its types from. Of an instance that may be any of the listed it is the family's: what all of
 * them have together would be much the same, and takes the compiler the longer, the more there are.
 */
export type ContractOf<N extends InstanceName | undefined> = [InstanceName] extends [N]
  ? "family"
  : [N] extends [InstanceName]
    ? N
    : "family";

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
   * sent to the origin of the base URL and to no other. Of what the function throws, the error tells only the class: its message may hold
   * the key.
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
  /** How large an answer may be, in bytes, after decompression. 33,554,432 (32 MiB) unless told. */
  maxResponseSize?: number | undefined;
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

/** The methods that an instance may lack, by the operation that each needs. */
interface MethodOperations {
  get: "getNotificationHandler";
  create: "createNotificationHandler";
  update: "updateNotificationHandler";
  delete: "deleteNotificationHandler";
}

type MethodsOf<N extends ContractName> = {
  [M in keyof MethodOperations]: MethodOperations[M] extends keyof Operations<N> ? M : never;
}[keyof MethodOperations];

/**
 * A client of one instance. All methods throw {@link NotificationHandlersError} and nothing else.
 *
 * A method whose operation the instance does not document is not in its type. Plain JavaScript can still call it: the request is sent,
 * and what the instance answers ends in an error of code `http`.
 */
export type Client<N extends ContractName = "family"> = ListMethods<N> &
  Pick<HandlerMethods<N>, MethodsOf<N>>;

/** What every client has. */
interface ListMethods<N extends ContractName> {
  /** Where the API is, without a slash at the end. */
  readonly baseUrl: string;

  /** One page of the list. */
  list(
    parameters?: ListParameters<N> | undefined,
    options?: CallOptions,
  ): Promise<NotificationHandlerPage<N>>;

  /**
   * All handlers from the page asked for (the first unless told) to the last. A page is fetched when the loop comes to it, and
   * pages are as large as the contract allows unless `results_per_page` says otherwise. It ends when a page does not advance, and with an error when the
   * instance names a page after its last.
   */
  listAll(
    parameters?: ListParameters<N> | undefined,
    options?: CallOptions,
  ): AsyncGenerator<NotificationHandler<N>, void, undefined>;

  /**
   * The openapi-fetch client below the methods, for those who want `{ data, error, response }`. It sends the key, builds forms and
   * queries, bounds answers, and refuses other origins like the methods do; it neither repeats requests nor throws for an error status. Its types are
   * those of the contract as it stands.
   */
  readonly http: FetchClient<InstanceSchemas[N]["paths"]>;
}

/** What the clients have whose instance has the operation. */
interface HandlerMethods<N extends ContractName> {
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
}
