import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { makeKey } from "../sandbox/index.ts";

/** Where the key of a person's sandboxes is kept: below `$XDG_STATE_HOME`, by default `~/.local/state`. */
export function keyFile(environment: NodeJS.ProcessEnv): string {
  const state = environment.XDG_STATE_HOME || join(homedir(), ".local", "state");
  return join(state, "notification-handlers", "sandbox-key");
}

/**
 * The key of this person's sandboxes, the same at each start, made at the first. It is no fixed one: any page in a browser could send that to
 * a sandbox on this machine. Only its owner can read the file (0600). Where it can't be kept, the key is for this run, and `say` is told.
 */
export function ownKey(environment: NodeJS.ProcessEnv, say: (line: string) => void): string {
  const file = keyFile(environment);
  try {
    return keptKey(file) ?? keepKey(file, makeKey());
  } catch (error) {
    say(`The API key is for this run only, since ${file} can't be kept: ${(error as Error).message}.`);
    return makeKey();
  }
}

/** Undefined where there is no file. Whoever has damaged it gets a new key. */
function keptKey(file: string): string | undefined {
  try {
    const text = readFileSync(file, "utf8").trim();
    if (!/^[0-9a-f]{64}$/.test(text)) return keepKey(file, makeKey(), "w");
    chmodSync(file, 0o600);
    return text;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

function keepKey(file: string, key: string, flag: "w" | "wx" = "wx"): string {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  try {
    writeFileSync(file, `${key}\n`, { mode: 0o600, flag });
    return key;
  } catch (error) {
    // Another command that was started at the same time was first.
    const other = (error as NodeJS.ErrnoException).code === "EEXIST" ? keptKey(file) : undefined;
    if (other === undefined) throw error;
    return other;
  }
}
