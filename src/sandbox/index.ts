/** Stateful sandboxes of the instances, for developers and for tests of the contract. Start reading at sandbox.ts. */
export { BundleError, UnknownInstanceError } from "../description/index.ts";
export { ListenError } from "../http/index.ts";
export { addKey, backUp, type Copied, listKeys, restore, revokeKey } from "./administer.ts";
export { createSandboxApp } from "./app.ts";
export { type Fault, listFaults, UnknownFaultError } from "./faults/index.ts";
export { makeKey } from "./keys.ts";
export { type Model, readModel, SandboxModelError } from "./model.ts";
export { SandboxOptionError, type SandboxOptions } from "./options.ts";
export { basePath, createSandbox, type Sandbox } from "./sandbox.ts";
export {
  type RunningSandboxes,
  type ServeOptions,
  type StartedSandbox,
  type StartOptions,
  serveSandboxes,
  startSandbox,
} from "./start.ts";
export { isPostgresUrl, StoreError } from "./store/index.ts";
