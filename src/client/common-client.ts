import type { CommonFields, CommonOperation, CommonParameter, OwnType } from "../../generated/common.ts";
import type { Contract as Family } from "../../generated/family/schema.js";
import type { CallOptions } from "./call-options.ts";
import type { MethodsOf } from "./contract-client.ts";
import type {
  CreateIn,
  HandlerIn,
  ListParametersIn,
  PageIn,
  ReferenceIn,
  UnlistedType,
  UpdateIn,
} from "./contract-types.ts";

/** The properties of a form that are required, and those with these names. */
type Part<Form, Names> = {
  [K in keyof Form as Record<never, never> extends Pick<Form, K> ? Extract<K, Names> : K]: Form[K];
};

/** What can be created with every instance: the types that all instances have, with the fields that all of them take. */
export type CommonCreate = {
  [T in keyof CommonFields]: Part<CreateIn<Family, T>, CommonFields[T]>;
}[keyof CommonFields];

/** What can be changed of every handler, whatever its type. */
export type CommonUpdate = Pick<UpdateIn<Family>, Exclude<keyof UpdateIn<Family>, "type" | number | symbol>>;

/** The list parameters that all instances have, with the same values. */
export type CommonListParameters = Pick<
  ListParametersIn<Family>,
  CommonParameter & keyof ListParametersIn<Family>
>;

/** A handler of a type that one instance has and the family does not, with any settings. */
type OwnHandler<H = HandlerIn<Family>> = H extends { type: UnlistedType }
  ? { [K in keyof H]: K extends "type" ? OwnType : H[K] }
  : never;

/** What can be read from some instance: a handler of the family, or of an instance's own type. */
export type CommonHandler = HandlerIn<Family> | ([OwnType] extends [never] ? never : OwnHandler);

/** One page of the list of any instance. */
export type CommonPage = Omit<PageIn<Family>, "data"> & { data: CommonHandler[] };

interface CommonMethods {
  get(id: number, options?: CallOptions): Promise<CommonHandler>;
  create(body: CommonCreate, options?: CallOptions): Promise<ReferenceIn<Family>>;
  update(id: number, body: CommonUpdate, options?: CallOptions): Promise<ReferenceIn<Family>>;
  delete(id: number, options?: CallOptions): Promise<void>;
}

/**
 * What the clients of all instances have in common: every `Client<...>` is assignable to it. For functions that take a client of any
 * instance. (A type parameter over instances would not do: one instance may not take what another takes.)
 *
 * @example
 * async function alertBy(client: CommonClient, email: string) {
 *   return client.create({ type: "email", name: "Alerts", email });
 * }
 */
export type CommonClient = CommonLists & Pick<CommonMethods, MethodsOf<CommonOperation>>;

interface CommonLists {
  readonly baseUrl: string;
  list(parameters?: CommonListParameters | undefined, options?: CallOptions): Promise<CommonPage>;
  listAll(
    parameters?: CommonListParameters | undefined,
    options?: CallOptions,
  ): AsyncGenerator<CommonHandler, void, undefined>;
}
