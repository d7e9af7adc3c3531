/**
 * The package `notification-handlers-devkit` in code: mocks and sandboxes for tests in Node, and checks of an instance.
 *
 *     const sandbox = await startSandbox({ instance: "bitpeak.ru", seed: 20 });
 *     // … calls to sandbox.baseUrl with `Authorization: Bearer ${sandbox.apiKey}` …
 *     await sandbox.close();
 */
export {
  type Checked,
  type CheckOptions,
  checkContract,
  type Keys,
  type Report,
  RunStopped,
  UnknownCheckError,
} from "../contract/index.ts";
export { BundleError, instanceNames, UnknownInstanceError } from "../description/index.ts";
export { ListenError } from "../http/index.ts";
export { type StartedMock, type StartMockOptions, startMock } from "../mock/index.ts";
export {
  type Fault,
  listFaults,
  type RunningSandboxes,
  SandboxModelError,
  SandboxOptionError,
  type ServeOptions,
  type StartedSandbox,
  type StartOptions,
  StoreError,
  serveSandboxes,
  startSandbox,
  UnknownFaultError,
} from "../sandbox/index.ts";
export {
  type Workbench,
  type WorkbenchBehaviour,
  type WorkbenchBehaviourState,
  WorkbenchError,
  type WorkbenchFilter,
  type WorkbenchOptions,
  type WorkbenchRequest,
  type WorkbenchSnapshot,
  workbench,
} from "./workbench.ts";
