import type { UnlistedType } from "./contract-types.ts";
import { need } from "./errors.ts";
import type { HandlerType } from "./types.ts";

/**
 * A type of handler that the contract does not know, as a value of its own kind, so that the compiler tells it from the listed types.
 * What instances outside the register have is created with it, and told apart by it: `handler.type === unlistedType("whatsapp")`.
 *
 * @param type as the instance's page names it; the compiler refuses a type that the family lists
 * @throws {NotificationHandlersError} `invalid_argument` when it is no text, or empty
 */
export function unlistedType<const T extends string>(
  type: T extends Exclude<HandlerType, UnlistedType> ? never : T,
): UnlistedType {
  need(typeof type === "string" && type, "type must be a text that is not empty");
  return type as string as UnlistedType;
}
