import { useState } from "preact/hooks";
import { boot } from "./boot.ts";

const stored = "workbench.key";

/** The key that the page calls with. It is kept in memory, and in the tab's session storage if the reader asks for that. */
export interface Key {
  readonly value: string;
  set(value: string, isKept: boolean): void;
}

export function useKey(): Key {
  const [value, setValue] = useState(() => kept() ?? boot.apiKeys[0] ?? "");
  return {
    value,
    set(next, isKept) {
      setValue(next);
      try {
        if (isKept) sessionStorage.setItem(stored, next);
        else sessionStorage.removeItem(stored);
      } catch {
        // Without storage the key lasts as long as the page.
      }
    },
  };
}

function kept(): string | undefined {
  try {
    return sessionStorage.getItem(stored) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Enough of a key to recognise it, too little to use it. */
export function masked(key: string): string {
  return key.length > 8 ? `••••••••${key.slice(-4)}` : "••••••••";
}
