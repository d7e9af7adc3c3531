import type { UnlistedType } from "./contract-types.ts";
import { need } from "./errors.ts";
import type { HandlerType } from "./types.ts";

/**
 * Marks a handler type that the contract does not know, so that the compiler can tell it from the listed types. Use it to create handlers
 * of such a type, and to recognise them: `handler.type === unlistedType("whatsapp")`.
 *
 * @param type as the instance's page names it; the compiler refuses a type that the family lists
 * @throws {NotificationHandlersError} `invalid_argument` when it is not a string, or empty
 */
export function unlistedType<const T extends string>(
  type: T extends Exclude<HandlerType, UnlistedType> ? never : T,
): UnlistedType {
  need(typeof type === "string" && type, "type must be a non-empty string");
  return type as string as UnlistedType;
}
