import { setTimeout } from "node:timers/promises";
import type { Eventual } from "../eventual.ts";
import { StoreBusyError } from "../store.ts";

/** How long a write is tried again while another process has the database, in milliseconds. */
const patience = 10_000;

/**
 * Does what writes, at once where it can be done at once. While another process has the database it is tried again, and other requests
 * are served meanwhile. Fails with StoreBusyError when that takes too long, and with whatever else the action throws.
 */
export function whenFree<T>(action: () => T, mostMilliseconds = patience): Eventual<T> {
  try {
    return action();
  } catch (error) {
    if (error instanceof StoreBusyError) return tryAgain(action, mostMilliseconds);
    throw error;
  }
}

async function tryAgain<T>(action: () => T, mostMilliseconds: number): Promise<T> {
  const end = performance.now() + mostMilliseconds;
  for (;;) {
    // Not in step with others who wait for the same.
    await setTimeout(5 + Math.random() * 20);
    try {
      return action();
    } catch (error) {
      if (!(error instanceof StoreBusyError) || performance.now() > end) throw error;
    }
  }
}
