import { createHash } from "node:crypto";

/** What was made before, for a process that derives again and again. One that derives once shares with it what is alike. */
export interface Memo {
  /**
   * What was made from this before, or what `make` returns now. `from` is everything that the result depends on, apart from code. A result of
   * undefined is not kept, nor one that fails: whoever asks again has the problem told again.
   */
  of<T>(kind: string, from: unknown, make: () => T | Promise<T>): Promise<T>;
  /** Forgets what was not asked for since this was called last. Only for the end of a run that went well: one that failed asks for less. */
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
