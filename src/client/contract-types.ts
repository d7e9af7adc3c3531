import type { DatetimeParameter } from "../../generated/client.ts";

/** What is known of a contract at compile time: its types by openapi-typescript, and the form of datetimes in filters. */
export interface Contract {
  paths: object;
  components: { schemas: { NotificationHandler: { type: string }; NotificationHandlerList: object } };
  operations: { listNotificationHandlers: { parameters: { query?: object } } };
  /** The form of a datetime in filters, as a template literal type. */
  filterDatetime: string;
}

type Schemas<C extends Contract> = C["components"]["schemas"];
/** A schema that only instances with some operation have; `never` for the others. */
type Schema<C extends Contract, Name extends string> = Schemas<C> extends Record<Name, infer S> ? S : never;

/**
 * A handler type that the contract does not know: a string, made by `unlistedType`.
 *
 * For the compiler it is an enum; no value ever has the texts of its members. The compiler could not tell a plain string, branded or not,
 * from the listed types, but it knows that an enum overlaps with none of them. It needs two members: an enum with one member is treated as
 * that member, and everything else would be narrowed to the listed types.
 */
export declare enum UnlistedType {
  One = "one of the types that the contract does not know",
  Other = "another one",
}

/** The property `type`: one of the listed types, or, if the contract is open to others, a branded text. */
type TypeValue<T> = string extends T ? UnlistedType : T;

/** What a form can carry in a field that the contract does not know. */
type FieldValue = string | number | boolean;

/**
 * A value as callers write it. A flag of the contract (`0 | 1`) may be a boolean; a field of an unlisted type may be anything that a form
 * can carry.
 */
type Written<T> = unknown extends T
  ? FieldValue
  : [Exclude<T, undefined>] extends [0 | 1]
    ? [0 | 1] extends [T]
      ? T | boolean
      : T
    : T;

/** A form as callers write it: optional properties may also be `undefined`. */
type WrittenForm<T> = {
  [K in keyof T]:
    | (K extends "type" ? TypeValue<T[K]> : Written<T[K]>)
    | (Record<never, never> extends Pick<T, K> ? undefined : never);
};

/**
 * A handler as callers read it. Its settings are never the empty list, which has no settings to read, and a type that is not listed is
 * branded.
 */
type ReadHandler<H> = H extends unknown
  ? { [K in keyof H]: K extends "type" ? TypeValue<H[K]> : Exclude<H[K], unknown[]> }
  : never;

/**
 * A handler as an instance answers with it. Checking `type` narrows `settings`.
 *
 * An instance may write empty settings as an empty list, `[]`. Reading a setting from it gives undefined, as from an empty object.
 */
export type HandlerIn<C extends Contract> = ReadHandler<Schemas<C>["NotificationHandler"]>;

/** The handler types of an instance. Includes `UnlistedType` if it may have others, too. */
export type HandlerTypeIn<C extends Contract> = HandlerIn<C>["type"];

/** The answer of `create` and `update`. */
export type ReferenceIn<C extends Contract> =
  Schema<C, "NotificationHandlerReference"> extends { data: infer Reference } ? Reference : never;

type List<C extends Contract> = Schemas<C>["NotificationHandlerList"];

/** One page of the list: the handlers, the position of the page, and the neighbouring pages. */
export type PageIn<C extends Contract> = {
  [K in keyof List<C>]: K extends "data" ? HandlerIn<C>[] : List<C>[K];
};

type CreateForm<C extends Contract> = Schema<C, "CreateNotificationHandler">;
type UpdateForm<C extends Contract> = Schema<C, "UpdateNotificationHandler">;

/** The properties that a form names; others may be allowed besides. */
type NamedIn<Form> = keyof {
  [K in keyof Form as string extends K ? never : number extends K ? never : K]: 1;
};

/** The form as callers write it, if its type is one of these. */
type OfType<Form, T> =
  WrittenForm<Form> extends infer W extends { type: unknown } ? (W["type"] extends T ? W : never) : never;

type EachCreate<Form, T> = Form extends unknown ? OfType<Form, T> : never;

/**
 * The branch of an update that keeps the handler's type has no `type` property. Here it gets one that must be undefined. Otherwise
 * TypeScript would accept a form that names one type and has fields of another.
 */
type EachUpdate<Form, T> = Form extends unknown
  ? "type" extends NamedIn<Form>
    ? OfType<Form, T>
    : undefined extends T
      ? WrittenForm<Form> & { type?: undefined }
      : never
  : never;

/** The argument of `create`: one shape per handler type; for an unlisted type, any fields. */
export type CreateIn<C extends Contract, T extends HandlerTypeIn<C> = HandlerTypeIn<C>> = EachCreate<
  CreateForm<C>,
  T
>;

/**
 * The argument of `update`: all properties are optional, and those left out stay unchanged. If handlers may have unlisted types, an update
 * without a type takes any field, since the handler may be of such a type.
 */
export type UpdateIn<
  C extends Contract,
  T extends HandlerTypeIn<C> | undefined = HandlerTypeIn<C> | undefined,
> = EachUpdate<UpdateForm<C>, T>;

/** The settings of handlers of these types. */
export type SettingsIn<C extends Contract, T extends HandlerTypeIn<C> = HandlerTypeIn<C>> =
  Extract<HandlerIn<C>, { type: T }> extends { settings: infer Settings } ? Settings : never;

type ListQuery<C extends Contract> = NonNullable<
  C["operations"]["listNotificationHandlers"]["parameters"]["query"]
>;

/** The argument of `list` and `listAll`: the page and its size, and the instance's filters. */
export type ListParametersIn<C extends Contract> = {
  [K in keyof ListQuery<C>]?:
    | (K extends "type"
        ? HandlerTypeIn<C>
        : K extends DatetimeParameter
          ? C["filterDatetime"] | Date
          : Written<ListQuery<C>[K]>)
    | undefined;
};
