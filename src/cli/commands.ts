/** A command of `notification-handlers`: one sentence, and its module, which runs when it is loaded and reads `process.argv`. */
export interface Entry {
  readonly does: string;
  readonly load: () => Promise<unknown>;
}

/** The commands by name. */
export const commands: ReadonlyMap<string, Entry> = new Map([
  ["start", { does: "a page, mocks and sandboxes, on one port", load: () => import("./start.ts") }],
  ["mock", { does: "mocks that answer with the contract's examples", load: () => import("./mock.ts") }],
  ["sandbox", { does: "sandboxes that store what is created", load: () => import("./sandbox.ts") }],
  ["contract", { does: "checks a live instance against its contract", load: () => import("./contract.ts") }],
]);
