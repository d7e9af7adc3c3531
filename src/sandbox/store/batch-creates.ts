import { type HandlerRecord, type Store, StoreAwayError, StoreBusyError } from "./store.ts";

/** Creates a handler. Resolves with its id once it is stored; rejects with StoreError. */
export type Create = (account: number, record: HandlerRecord) => Promise<number>;

interface Waiting {
  readonly record: HandlerRecord;
  readonly stored: (id: number) => void;
  readonly failed: (error: unknown) => void;
}

/** How many handlers one transaction stores. */
const batchSize = 100;

/**
 * Creates the handlers of an account in batches, one transaction each, because a commit costs more than a handler. A batch has the
 * handlers that arrive within one turn of the event loop, or while the batch before is being stored. If it fails, its handlers are created
 * one by one, so that one bad handler fails alone; unless the batch may have been stored after all.
 */
export function batchCreates(store: Store): Create {
  const waiting = new Map<number, Waiting[]>();
  const busy = new Set<number>();

  async function storeWaiting(account: number): Promise<void> {
    if (busy.has(account)) return;
    busy.add(account);
    for (let all = waiting.get(account); all !== undefined; all = waiting.get(account)) {
      const some = all.splice(0, batchSize);
      if (all.length === 0) waiting.delete(account);
      const stored = storeAll(account, some);
      // Undefined: stored synchronously.
      if (stored !== undefined) await stored;
    }
    busy.delete(account);
  }

  function storeAll(account: number, handlers: readonly Waiting[]): Promise<void> | undefined {
    const tell = (ids: readonly number[]) => {
      for (const [index, { stored }] of handlers.entries()) stored(ids[index] as number);
    };
    const giveUp = async (error: unknown) => {
      if (handlers.length === 1 || error instanceof StoreBusyError || error instanceof StoreAwayError) {
        for (const { failed } of handlers) failed(error);
      } else for (const each of handlers) await storeAll(account, [each]);
    };
    try {
      const stored = store.createMany(
        account,
        handlers.map(({ record }) => record),
      );
      if (stored instanceof Promise) return stored.then(tell, giveUp);
      tell(stored);
      return undefined;
    } catch (error) {
      return giveUp(error);
    }
  }

  return (account, record) =>
    new Promise((stored, failed) => {
      const others = waiting.get(account);
      if (others !== undefined) {
        others.push({ record, stored, failed });
        return;
      }
      waiting.set(account, [{ record, stored, failed }]);
      if (!busy.has(account)) setImmediate(() => void storeWaiting(account));
    });
}
