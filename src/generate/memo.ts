import { createHash } from "node:crypto";

/** Results by what they were made from. A process that derives again and again reuses them; one that derives once, for instances that are alike. */
export interface Memo {
  /**
   * The result that was made from `from` before, or what `make` returns. `from` is everything that the result depends on, apart from code.
   * Failures and undefined are not kept, so that the next caller gets the problem, too.
   */
  of<T>(kind: string, from: unknown, make: () => T | Promise<T>): Promise<T>;
  /** Forgets the results that nobody asked for since the last call. Call it only after a run that succeeded: a run that fails asks for less. */
  forgetUnused(): void;
}

/** An empty memo. */
export function createMemo(): Memo {
  const known = new Map<string, unknown>();
  let used = new Set<string>();
  return {
    async of<T>(kind: string, from: unknown, make: () => T | Promise<T>) {
      const key = digestOf([kind, from]);
      used.add(key);
      if (known.has(key)) return known.get(key) as T;
      const made = await make();
      if (made !== undefined) known.set(key, made);
      return made;
    },
    forgetUnused() {
      for (const key of known.keys()) if (!used.has(key)) known.delete(key);
      used = new Set();
    },
  };
}

/** A digest of JSON. */
export function digestOf(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("base64");
}
