/**
 * A typed client of the notification-handlers API: `createClient` makes one for an instance.
 */

export type { InstanceName } from "../../generated/instances.ts";
export { createClient } from "./client.ts";
export { toDate } from "./datetime.ts";
export { type ErrorCode, type InstanceError, NotificationHandlersError } from "./errors.ts";
export type { RetryOptions } from "./retry.ts";
export type {
  CallOptions,
  Client,
  ClientOptions,
  CreateNotificationHandler,
  HandlerType,
  ListParameters,
  NotificationHandler,
  NotificationHandlerPage,
  NotificationHandlerReference,
  UnlistedType,
  UpdateNotificationHandler,
} from "./types.ts";
export { unlistedType } from "./unlisted.ts";
