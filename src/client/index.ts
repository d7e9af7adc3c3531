/**
 * A typed client of the notification-handlers API: `createClient` makes one for an instance.
 */

export { instanceNames } from "../../generated/client.ts";
export type { InstanceName } from "../../generated/instances.ts";
export type { CallOptions } from "./call-options.ts";
export { createClient } from "./client.ts";
export type {
  CommonClient,
  CommonCreate,
  CommonHandler,
  CommonListParameters,
  CommonPage,
  CommonUpdate,
} from "./common-client.ts";
export type { UnlistedType } from "./contract-types.ts";
export { toDate } from "./datetime.ts";
export { type ErrorCode, type InstanceError, NotificationHandlersError } from "./errors.ts";
export type { RetryOptions } from "./retry.ts";
export type {
  Client,
  ClientOptions,
  CreateNotificationHandler,
  HandlerType,
  ListParameters,
  NotificationHandler,
  NotificationHandlerPage,
  NotificationHandlerReference,
  SettingsOf,
  UpdateNotificationHandler,
} from "./types.ts";
export { unlistedType } from "./unlisted.ts";
