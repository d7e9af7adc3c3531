import type { DatetimeParameter } from "../../generated/client.ts";

/** What is known of a contract at compile time: openapi-typescript's types of it, and how its filters write datetimes. */
export interface Contract {
  paths: object;
  components: { schemas: { NotificationHandler: { type: string }; NotificationHandlerList: object } };
  operations: { listNotificationHandlers: { parameters: { query?: object } } };
  /** A text that is a datetime of a filter, by its form. */
  filterDatetime: string;
}

type Schemas<C extends Contract> = C["components"]["schemas"];
/** A schema that only instances with some operation have; never for the others. */
type Schema<C extends Contract, Name extends string> = Schemas<C> extends Record<Name, infer S> ? S : never;

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
export type HandlerIn<C extends Contract> = ReadHandler<Schemas<C>["NotificationHandler"]>;

/** The types of handlers that an instance has; `UnlistedType` is among them where it may have others, too. */
export type HandlerTypeIn<C extends Contract> = HandlerIn<C>["type"];

/** What `create` and `update` answer with. */
export type ReferenceIn<C extends Contract> =
  Schema<C, "NotificationHandlerReference"> extends { data: infer Reference } ? Reference : never;

type List<C extends Contract> = Schemas<C>["NotificationHandlerList"];

/** One page of the list: the handlers, where in the list they are, and the neighbouring pages. */
export type PageIn<C extends Contract> = {
  [K in keyof List<C>]: K extends "data" ? HandlerIn<C>[] : List<C>[K];
};

type CreateForm<C extends Contract> = Schema<C, "CreateNotificationHandler">;
type UpdateForm<C extends Contract> = Schema<C, "UpdateNotificationHandler">;

/** The properties that a form names; others may be allowed beside them. */
type NamedIn<Form> = keyof {
  [K in keyof Form as string extends K ? never : number extends K ? never : K]: 1;
};

/** Of a form that names its type what callers write, if it is of one of these types. */
type OfType<Form, T> =
  WrittenForm<Form> extends infer W extends { type: unknown } ? (W["type"] extends T ? W : never) : never;

type EachCreate<Form, T> = Form extends unknown ? OfType<Form, T> : never;

/**
 * The branch of an update that keeps the handler's type lacks the property that names a type. It is said to be undefined there, or
 * TypeScript would take a form that names one type and has fields of another for that branch.
 */
type EachUpdate<Form, T> = Form extends unknown
  ? "type" extends NamedIn<Form>
    ? OfType<Form, T>
    : undefined extends T
      ? WrittenForm<Form> & { type?: undefined }
      : never
  : never;

/** What `create` takes: one shape per type of handler, and for an unlisted type any fields beside its name. */
export type CreateIn<C extends Contract, T extends HandlerTypeIn<C> = HandlerTypeIn<C>> = EachCreate<
  CreateForm<C>,
  T
>;

/**
 * What `update` takes: everything is optional; what it does not name stays as it is. Where handlers may be of unlisted types, an update
 * that names no type takes any field, since the handler may be of one.
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

/** What `list` and `listAll` take: the page and its size, and the filters where the instance has them. */
export type ListParametersIn<C extends Contract> = {
  [K in keyof ListQuery<C>]?:
    | (K extends "type"
        ? HandlerTypeIn<C>
        : K extends DatetimeParameter
          ? C["filterDatetime"] | Date
          : Written<ListQuery<C>[K]>)
    | undefined;
};
