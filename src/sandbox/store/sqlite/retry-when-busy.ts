import { setTimeout } from "node:timers/promises";
import type { Eventual } from "../eventual.ts";
import { StoreBusyError } from "../store.ts";

/** How long a write is retried while another process has locked the database, in milliseconds. */
const retryMilliseconds = 10_000;

/**
 * Runs an action that writes. While another process has locked the database the action is retried, and other requests are served between
 * the attempts. Fails with StoreBusyError when that takes longer than `mostMilliseconds`. All other errors are thrown at once.
 */
export function retryWhenBusy<T>(action: () => T, mostMilliseconds = retryMilliseconds): Eventual<T> {
  try {
    return action();
  } catch (error) {
    if (error instanceof StoreBusyError) return retry(action, mostMilliseconds);
    throw error;
  }
}

async function retry<T>(action: () => T, mostMilliseconds: number): Promise<T> {
  const end = performance.now() + mostMilliseconds;
  for (;;) {
    // At random, so that waiting processes don't collide again.
    await setTimeout(5 + Math.random() * 20);
    try {
      return action();
    } catch (error) {
      if (!(error instanceof StoreBusyError) || performance.now() > end) throw error;
    }
  }
}
