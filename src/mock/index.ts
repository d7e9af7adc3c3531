/**
 * Mocks of the instances: stateless servers that answer with the contract's examples. Prism makes the answers; requests are
 * checked here first.
 */
export { type MockOptions, mockPath, mountMocks } from "./mock.ts";
export { type StartedMock, type StartMockOptions, startMock } from "./start.ts";
