import type { HandlerRecord, Store } from "./store.ts";
import { StoreAwayError, StoreBusyError } from "./store.ts";

/** Creates a handler and gives its id once it is stored. Rejects with StoreError. */
export type Create = (account: number, record: HandlerRecord) => Promise<number>;

interface Waiting {
  readonly record: HandlerRecord;
  readonly stored: (id: number) => void;
  readonly failed: (error: unknown) => void;
}

/** So many handlers are stored in one transaction. */
const mostTogether = 100;

/**
 * Stores the handlers that come within one turn of the event loop, or while others of the account are on their way, in one transaction,
 * and tells each of them after its commit: a commit costs more than a handler. Where it fails they are tried one by one, so that none
 * fails for another; but not where they may be stored already.
 */
export function createTogether(store: Store): Create {
  const waiting = new Map<number, Waiting[]>();
  const busy = new Set<number>();

  async function storeWaiting(account: number): Promise<void> {
    if (busy.has(account)) return;
    busy.add(account);
    for (let all = waiting.get(account); all !== undefined; all = waiting.get(account)) {
      const some = all.splice(0, mostTogether);
      if (all.length === 0) waiting.delete(account);
      const stored = storeAll(account, some);
      // Whoever need not wait is told at once.
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
