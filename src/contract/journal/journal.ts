import { createHash } from "node:crypto";
import { appendFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { type Entry, filesIn, type Header, makeFolder, readJournal, unwritable } from "./file.ts";
import { startOf } from "./marker.ts";

/** The folder of the journals: `$XDG_STATE_HOME/notification-handlers-contract`, by default in `~/.local/state`. */
export function journalFolder(environment: NodeJS.ProcessEnv): string {
  const state = environment.XDG_STATE_HOME || join(homedir(), ".local", "state");
  return join(state, "notification-handlers-contract");
}

/** Identifies the account of a journal, without revealing the key. */
export function accountOf(baseUrl: string, key: string): string {
  return createHash("sha256").update(`${baseUrl}\n${key}`).digest("hex").slice(0, 16);
}

/** What earlier runs have left in the folder of the journals. */
export interface LeftBehind {
  readonly journals: readonly Journal[];
  /** The runs whose processes are still alive, on any account. */
  readonly alive: ReadonlySet<string>;
  /** What can't be read, in sentences. */
  readonly damage: readonly string[];
}

/**
 * Records what a run creates, on disk before and after each request, so that the next run can clean up after one that was killed. Only the
 * journal decides which handlers belong to the run. The file has a line of JSON per event, and is removed when nothing is left.
 */
export class Journal {
  readonly header: Header;
  readonly #file: string | undefined;
  readonly #owned = new Map<number, string>();
  readonly #gone = new Set<number>();
  readonly #open = new Set<string>();
  #ended = false;

  private constructor(header: Header, file: string | undefined) {
    this.header = header;
    this.#file = file;
  }

  /** Starts a journal. Throws RunStopped if the folder can't be written to. Without a folder it is only in memory. */
  static start(folder: string | undefined, header: Header): Journal {
    if (folder === undefined) return new Journal(header, undefined);
    const file = join(folder, `${header.run}.jsonl`);
    try {
      makeFolder(resolve(folder));
      writeFileSync(file, `${JSON.stringify(header)}\n`, { mode: 0o600 });
    } catch (error) {
      // If the disk is full, the file may exist with a part of the line.
      removeQuietly(file);
      throw unwritable(folder, error);
    }
    return new Journal(header, file);
  }

  /** The journals of earlier runs on the same account. Those of other accounts and of running processes are skipped. */
  static leftBehind(folder: string | undefined, account: string): LeftBehind {
    const found = (folder === undefined ? [] : filesIn(folder)).map((file) =>
      Journal.#read(join(folder as string, file)),
    );
    const own = found.filter(({ journal }) => journal === undefined || journal.header.account === account);
    const journals = own.flatMap(({ journal }) => journal ?? []);
    return {
      journals: journals.filter((it) => !it.isRunning),
      alive: new Set(found.flatMap(({ journal }) => (journal?.isRunning ? journal.header.run : []))),
      damage: own.flatMap((it) => (it.journal?.isRunning ? [] : it.damage)),
    };
  }

  static #read(file: string): { readonly journal: Journal | undefined; readonly damage: readonly string[] } {
    const { header, entries, damage } = readJournal(file);
    if (header === undefined) return { journal: undefined, damage };
    const journal = new Journal(header, file);
    for (const entry of entries) journal.#apply(entry);
    return { journal, damage };
  }

  /** Handlers that the run has created and that may still exist. */
  get left(): ReadonlyMap<number, string> {
    return new Map([...this.#owned].filter(([id]) => !this.#gone.has(id)));
  }

  /** Names of creates of which it is unknown whether they made a handler. */
  get open(): readonly string[] {
    return [...this.#open];
  }

  /** Whether this run has created the handler, even if it was deleted since. */
  owns(id: unknown): boolean {
    return this.#owned.has(Number(id));
  }

  /** Announces a create, before it is sent. */
  intend(name: string): void {
    this.#write({ event: "intend", name });
  }

  /** Records a handler as the run's own, because its name says so. Also if it is seen again after its delete. */
  own(id: number, name: string): void {
    this.#write({ event: "own", id, name });
  }

  gone(id: number): void {
    this.#write({ event: "gone", id });
  }

  void(name: string): void {
    this.#write({ event: "void", name });
  }

  /** Removes the file if nothing is left; otherwise it stays for the next run. */
  close(): void {
    if (this.#file === undefined) return;
    if (this.left.size > 0 || this.open.length > 0) this.#write({ event: "end" });
    else removeQuietly(this.#file);
  }

  /** If an event of the past can't be written, it still counts in memory. If a planned one can't be written, it must not happen. */
  #write(entry: Entry): void {
    try {
      if (this.#file !== undefined) appendFileSync(this.#file, `${JSON.stringify(entry)}\n`);
    } catch (error) {
      if (entry.event === "intend") throw unwritable(this.#file ?? "", error);
    }
    this.#apply(entry);
  }

  /** Whether the run may still be going on. */
  get isRunning(): boolean {
    return !this.#ended && isAlive(this.header);
  }

  #apply(entry: Entry): void {
    if (entry.event === "intend") this.#open.add(entry.name);
    if (entry.event === "own") {
      this.#owned.set(entry.id, entry.name);
      this.#gone.delete(entry.id);
      this.#open.delete(entry.name);
    }
    if (entry.event === "end") this.#ended = true;
    if (entry.event === "gone") this.#gone.add(entry.id);
    if (entry.event === "void") this.#open.delete(entry.name);
  }
}

/** The longest time that a run can take, in milliseconds: later, a process with its id must be another one. */
export const longestRun = 3_600_000;

function isAlive(header: Header): boolean {
  if (Date.now() - startOf(header.run) > longestRun) return false;
  try {
    process.kill(header.process, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** If the file can't be removed it stays: the next run finds nothing left in it. */
function removeQuietly(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {}
}
