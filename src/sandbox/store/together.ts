import { type HandlerRecord, type Store, StoreBusyError } from "./store.ts";
import { whenFree } from "./when-free.ts";

/** Creates a handler and gives its id once it is stored. Rejects with StoreError. */
export type Create = (account: number, record: HandlerRecord) => Promise<number>;

interface Waiting {
  readonly record: HandlerRecord;
  readonly stored: (id: number) => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Stores the handlers that come within one turn of the event loop in one transaction, and tells each of them after its commit:
 * a commit costs more than a handler. Where it fails they are tried one by one, so that none fails for another.
 */
export function createTogether(store: Store): Create {
  let waiting = new Map<number, Waiting[]>();

  function flush(): void {
    const accounts = waiting;
    waiting = new Map();
    for (const [account, handlers] of accounts) void storeAll(account, handlers);
  }

  async function storeAll(account: number, handlers: readonly Waiting[]): Promise<void> {
    try {
      const records = handlers.map(({ record }) => record);
      const stored = whenFree(() => store.createMany(account, records));
      // Whoever need not wait is told at once.
      const ids = stored instanceof Promise ? await stored : stored;
      for (const [index, { stored }] of handlers.entries()) stored(ids[index] as number);
    } catch (error) {
      if (handlers.length === 1 || error instanceof StoreBusyError) {
        for (const { failed } of handlers) failed(error);
      } else for (const each of handlers) void storeAll(account, [each]);
    }
  }

  return (account, record) =>
    new Promise((stored, failed) => {
      if (waiting.size === 0) setImmediate(flush);
      const others = waiting.get(account);
      if (others === undefined) waiting.set(account, [{ record, stored, failed }]);
      else others.push({ record, stored, failed });
    });
}
