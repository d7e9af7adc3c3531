import type { InstanceName, InstanceSchemas } from "../../generated/instances.ts";
import type { CommonOptions } from "./call-options.ts";
import type { ClientIn } from "./contract-client.ts";
import type {
  CreateIn,
  HandlerIn,
  HandlerTypeIn,
  ListParametersIn,
  PageIn,
  ReferenceIn,
  SettingsIn,
  UpdateIn,
} from "./contract-types.ts";

/** The contracts there are types for: one per instance, and `family`, the union of all. */
export type ContractName = keyof InstanceSchemas;

/**
 * A handler as an instance answers with it: `settings` is known once `type` is.
 *
 * An instance may write settings without anything in them as an empty list, `[]`: reading a setting from that gives undefined, as from
 * an empty object.
 */
export type NotificationHandler<N extends ContractName = "family"> = HandlerIn<InstanceSchemas[N]>;

/** The types of handlers that an instance has; `UnlistedType` is among them where it may have others, too. */
export type HandlerType<N extends ContractName = "family"> = HandlerTypeIn<InstanceSchemas[N]>;

/** The settings of a handler, by its type: `SettingsOf<"k.aws.bj", "telegram">`. */
export type SettingsOf<N extends ContractName, T extends HandlerType<N> = HandlerType<N>> = SettingsIn<
  InstanceSchemas[N],
  T
>;

/** What `create` and `update` answer with. */
export type NotificationHandlerReference<N extends ContractName = "family"> = ReferenceIn<InstanceSchemas[N]>;

/** One page of the list: the handlers, where in the list they are, and the neighbouring pages. */
export type NotificationHandlerPage<N extends ContractName = "family"> = PageIn<InstanceSchemas[N]>;

/**
 * What `create` takes: one shape per type of handler, and for an unlisted type any fields beside its name.
 * `CreateNotificationHandler<"k.aws.bj", "telegram">` is that of one type.
 */
export type CreateNotificationHandler<
  N extends ContractName = "family",
  T extends HandlerType<N> = HandlerType<N>,
> = CreateIn<InstanceSchemas[N], T>;

/**
 * What `update` takes: everything is optional; what it does not name stays as it is. Where handlers may be of unlisted types, an update
 * that names no type takes any field, since the handler may be of one. `UpdateNotificationHandler<"k.aws.bj", "telegram">` is that of one
 * type, and with `undefined` that of a handler that keeps its type.
 */
export type UpdateNotificationHandler<
  N extends ContractName = "family",
  T extends HandlerType<N> | undefined = HandlerType<N> | undefined,
> = UpdateIn<InstanceSchemas[N], T>;

/** What `list` and `listAll` take: the page and its size, and the filters where the instance has them. */
export type ListParameters<N extends ContractName = "family"> = ListParametersIn<InstanceSchemas[N]>;

/** A client of one instance. All methods throw {@link NotificationHandlersError} and nothing else. */
export type Client<N extends ContractName = "family"> = ClientIn<InstanceSchemas[N]>;

/**
 * The contract that an instance's client has its types from. Of an instance that may be any of the listed it is the family's: what all of
 * them have together would be much the same, and takes the compiler the longer, the more there are.
 */
export type ContractOf<N extends InstanceName | undefined> = [InstanceName] extends [N]
  ? "family"
  : [N] extends [InstanceName]
    ? N
    : "family";

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
