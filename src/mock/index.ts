/** Mocks of the instances: stateless servers that check requests and answer with the contract's examples. Prism makes the answers. */
export { type MockOptions, mockPath, mountMocks } from "./mock.ts";
export { type StartedMock, type StartMockOptions, startMock } from "./start.ts";
