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

/** The contracts that have types: one per instance, and `family`, the union of all. */
export type ContractName = keyof InstanceSchemas;

/**
 * A handler as an instance answers with it. Checking `type` narrows `settings`.
 *
 * An instance may write empty settings as an empty list, `[]`. Reading a setting from it gives undefined, as from an empty object.
 */
export type NotificationHandler<N extends ContractName = "family"> = HandlerIn<InstanceSchemas[N]>;

/** The handler types of an instance. Includes `UnlistedType` if it may have others, too. */
export type HandlerType<N extends ContractName = "family"> = HandlerTypeIn<InstanceSchemas[N]>;

/** The settings of a handler, by its type: `SettingsOf<"k.aws.bj", "telegram">`. */
export type SettingsOf<N extends ContractName, T extends HandlerType<N> = HandlerType<N>> = SettingsIn<
  InstanceSchemas[N],
  T
>;

/** The answer of `create` and `update`. */
export type NotificationHandlerReference<N extends ContractName = "family"> = ReferenceIn<InstanceSchemas[N]>;

/** One page of the list: the handlers, the position of the page, and the neighbouring pages. */
export type NotificationHandlerPage<N extends ContractName = "family"> = PageIn<InstanceSchemas[N]>;

/**
 * The argument of `create`: one shape per handler type; for an unlisted type, any fields. `CreateNotificationHandler<"k.aws.bj",
 * "telegram">` is the shape of one type.
 */
export type CreateNotificationHandler<
  N extends ContractName = "family",
  T extends HandlerType<N> = HandlerType<N>,
> = CreateIn<InstanceSchemas[N], T>;

/**
 * The argument of `update`: all properties are optional, and those left out stay unchanged. If handlers may have unlisted types, an update
 * without a type takes any field, since the handler may be of such a type. `UpdateNotificationHandler<"k.aws.bj", "telegram">` is the shape
 * of one type; with `undefined` it is that of a handler that keeps its type.
 */
export type UpdateNotificationHandler<
  N extends ContractName = "family",
  T extends HandlerType<N> | undefined = HandlerType<N> | undefined,
> = UpdateIn<InstanceSchemas[N], T>;

/** The argument of `list` and `listAll`: the page and its size, and the instance's filters. */
export type ListParameters<N extends ContractName = "family"> = ListParametersIn<InstanceSchemas[N]>;

/** A client of one instance. All methods throw {@link NotificationHandlersError} and nothing else. */
export type Client<N extends ContractName = "family"> = ClientIn<InstanceSchemas[N]>;

/**
 * The contract that a client's types come from. If the instance may be any of the registered ones, it is the family's: a union of all
 * instances would be nearly the same, and slows the compiler down with every instance.
 */
export type ContractOf<N extends InstanceName | undefined> = [InstanceName] extends [N]
  ? "family"
  : [N] extends [InstanceName]
    ? N
    : "family";

/** Without an instance, a base URL is required. */
type WhereItIs<N> = [N] extends [InstanceName]
  ? { baseUrl?: string | URL | undefined }
  : { baseUrl: string | URL };

/**
 * The argument of `createClient`: a registered instance; the same with another base URL (a mock, a sandbox, a staging host); or only the
 * base URL of an instance that is not registered, with the types of the whole family.
 */
export type ClientOptions<N extends InstanceName | undefined = InstanceName> = CommonOptions & {
  /** The instance that determines the types, and the base URL unless `baseUrl` is given. */
  instance?: N;
  /** The base URL of the API: an absolute http or https URL. Required without `instance`. */
  baseUrl?: string | URL | undefined;
} & WhereItIs<N>;
