import { familyName } from "../description/family-name.ts";
import type { InstanceEntry } from "../description/index.ts";
import { generatedBy } from "./generated-by.ts";

/**
 * The text of generated/<instance>/index.ts: the client and the types of one instance, under short names. It refers only to the instance's
 * own types, so that the compiler reads no other instance's.
 */
export function renderInstanceModule(instance: string, { fields }: InstanceEntry): string {
  const name = JSON.stringify(instance);
  return `// ${generatedBy()}
import type * as options from "../../src/client/call-options.ts";
import { createClient as create } from "../../src/client/client.ts";
import type { ClientIn } from "../../src/client/contract-client.ts";
import type * as types from "../../src/client/contract-types.ts";
import type { Contract } from "./schema.js";

export { toDate } from "../../src/client/datetime.ts";
export { NotificationHandlersError } from "../../src/client/errors.ts";
export type { components, operations, paths } from "./schema.js";

/** The known handler types of ${instance}, with their fields. */
export const handlerTypes = ${JSON.stringify(fields)} as const;

/** A handler as ${instance} answers with it. Checking \`type\` narrows \`settings\`. */
export type NotificationHandler = types.HandlerIn<Contract>;

/** The handler types of ${instance}. */
export type HandlerType = types.HandlerTypeIn<Contract>;

/** The settings of a handler, by its type. */
export type SettingsOf<T extends HandlerType = HandlerType> = types.SettingsIn<Contract, T>;

/** The argument of \`create\`: one shape per handler type. */
export type CreateNotificationHandler<T extends HandlerType = HandlerType> = types.CreateIn<Contract, T>;

/** The argument of \`update\`: all properties are optional. With \`undefined\` the handler keeps its type. */
export type UpdateNotificationHandler<T extends HandlerType | undefined = HandlerType | undefined> =
  types.UpdateIn<Contract, T>;

/** The argument of \`list\` and \`listAll\`. */
export type ListParameters = types.ListParametersIn<Contract>;

/** One page of the list. */
export type NotificationHandlerPage = types.PageIn<Contract>;

/** A client of ${instance}. */
export type Client = ClientIn<Contract>;
${instance === familyName ? familyClient : instanceClient(instance, name)}`;
}

function instanceClient(instance: string, name: string): string {
  return `
/** The argument of \`createClient\`. */
export type ClientOptions = options.CommonOptions & {
  /** Another base URL of the API, such as that of a mock: an absolute http or https URL. */
  baseUrl?: string | URL | undefined;
};

/**
 * Creates a client of ${instance}.
 *
 * @throws {NotificationHandlersError} \`invalid_argument\` when an option is missing or wrong
 */
export function createClient(options: ClientOptions): Client {
  return create({ ...options, instance: ${name} });
}
`;
}

const familyClient = `
/** The argument of \`createClient\`. */
export type ClientOptions = options.CommonOptions & {
  /** The base URL of the API: an absolute http or https URL. */
  baseUrl: string | URL;
};

/**
 * Creates a client of any instance of the product.
 *
 * @throws {NotificationHandlersError} \`invalid_argument\` when an option is missing or wrong
 */
export function createClient(options: ClientOptions): Client {
  return create(options);
}
`;
