import { randomUUID } from "node:crypto";
import { chmodSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { makeKey } from "../sandbox/index.ts";

/** The file with the key of this user's sandboxes: in `$XDG_STATE_HOME`, by default `~/.local/state`. */
export function keyFile(environment: NodeJS.ProcessEnv): string {
  const state = environment.XDG_STATE_HOME || join(homedir(), ".local", "state");
  return join(state, "notification-handlers", "sandbox-key");
}

/**
 * The key of this user's sandboxes. It is created once and stays the same. A constant key would be unsafe: any page in a browser could send
 * it to a sandbox on this machine. Only the owner can read the file (0600). If it can't be written, the key is for this run only, and `say`
 * is called.
 */
export function ownKey(environment: NodeJS.ProcessEnv, say: (line: string) => void): string {
  const file = keyFile(environment);
  try {
    return keptKey(file) ?? keepKey(file, linkSync);
  } catch (error) {
    say(`The API key is for this run only, because ${file} can't be written: ${(error as Error).message}.`);
    return makeKey();
  }
}

/** The key in the file, which becomes readable for its owner only; a new one if the file is damaged. Undefined if there is no file. */
function keptKey(file: string): string | undefined {
  try {
    const text = readFileSync(file, "utf8").trim();
    // Before anything is written: the mode of an existing file stays.
    chmodSync(file, 0o600);
    return /^[0-9a-f]{64}$/.test(text) ? text : keepKey(file, renameSync);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/**
 * Makes a key. Its file is there with its whole content or not at all, for commands that start at the same time. `place`: gives a written
 * file its name. A link fails where there is a file of that name.
 */
function keepKey(file: string, place: (written: string, name: string) => void): string {
  const key = makeKey();
  const written = `${file}-${randomUUID()}`;
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  try {
    writeFileSync(written, `${key}\n`, { mode: 0o600, flag: "wx" });
    place(written, file);
    return key;
  } catch (error) {
    // Another command that started at the same time has created it.
    const other = (error as NodeJS.ErrnoException).code === "EEXIST" ? keptKey(file) : undefined;
    if (other === undefined) throw error;
    return other;
  } finally {
    rmSync(written, { force: true });
  }
}
