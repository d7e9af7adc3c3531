import { createHash, randomBytes } from "node:crypto";
import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** What the names of all handlers that the checks create begin with. */
export const marker = "contract-test";

const runPattern = "[0-9a-z]{8,9}-[0-9a-f]{8}";
const namePattern = new RegExp(`^${marker} (${runPattern})(?: |$)`);

/** A new run's id: when it began, in base 36 milliseconds, and a random part. */
export function newRunId(now: number): string {
  return `${now.toString(36)}-${randomBytes(4).toString("hex")}`;
}

/** When a run began, in milliseconds since 1970. */
export function startOf(runId: string): number {
  return Number.parseInt(runId.split("-", 1)[0] ?? "", 36);
}

/** The run that gave a handler its name; undefined for a name that no run gave. */
export function runOf(name: unknown): string | undefined {
  return typeof name === "string" ? namePattern.exec(name)?.[1] : undefined;
}

/** The folder of the journals: `$XDG_STATE_HOME/notification-handlers-contract`, by default below `~/.local/state`. */
export function journalFolder(environment: NodeJS.ProcessEnv): string {
  const state = environment.XDG_STATE_HOME || join(homedir(), ".local", "state");
  return join(state, "notification-handlers-contract");
}

/** The account that a journal is about: tells accounts apart, and does not tell the key. */
export function accountOf(baseUrl: string, key: string): string {
  return createHash("sha256").update(`${baseUrl}\n${key}`).digest("hex").slice(0, 16);
}

interface Header {
  readonly run: string;
  readonly instance: string;
  readonly baseUrl: string;
  readonly account: string;
  /** The process that writes it. */
  readonly process: number;
}

type Entry =
  | { readonly event: "intend"; readonly name: string }
  | { readonly event: "own"; readonly id: number; readonly name: string }
  | { readonly event: "gone"; readonly id: number }
  /** A search showed that an intention came to nothing. */
  | { readonly event: "void"; readonly name: string };

/**
 * What a run has created, on disk before and after each request, so that a run that is killed can be cleaned up by the next
 * one. It is also the one place that knows which handlers are the run's own. The file is a line of JSON per event, and is
 * removed when nothing is left.
 */
export class Journal {
  readonly header: Header;
  readonly #file: string | undefined;
  readonly #owned = new Map<number, string>();
  readonly #gone = new Set<number>();
  readonly #open = new Set<string>();

  private constructor(header: Header, file: string | undefined) {
    this.header = header;
    this.#file = file;
  }

  /** Throws what the file system throws when the folder can't be written. Without a folder nothing is on disk. */
  static start(folder: string | undefined, header: Header): Journal {
    if (folder === undefined) return new Journal(header, undefined);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const file = join(folder, `${header.run}.jsonl`);
    writeFileSync(file, `${JSON.stringify(header)}\n`, { mode: 0o600 });
    return new Journal(header, file);
  }

  /** The journals that runs on the same account left behind; those of other accounts and of running processes are passed over. */
  static leftBehind(folder: string | undefined, account: string): Journal[] {
    const journals: Journal[] = [];
    for (const file of folder === undefined ? [] : filesIn(folder)) {
      const journal = Journal.#read(join(folder as string, file));
      if (journal?.header.account === account && !isAlive(journal.header)) journals.push(journal);
    }
    return journals;
  }

  /** The runs whose processes are still there. */
  static alive(folder: string | undefined): ReadonlySet<string> {
    const journals = (folder === undefined ? [] : filesIn(folder)).map((it) =>
      Journal.#read(join(folder as string, it)),
    );
    return new Set(journals.flatMap((it) => (it !== undefined && isAlive(it.header) ? it.header.run : [])));
  }

  static #read(file: string): Journal | undefined {
    const [header, ...entries] = linesOf(file);
    if (header === undefined) return undefined;
    const journal = new Journal(header as Header, file);
    for (const entry of entries) journal.#apply(entry as Entry);
    return journal;
  }

  /** Handlers that are the run's own and may still exist. */
  get left(): ReadonlyMap<number, string> {
    return new Map([...this.#owned].filter(([id]) => !this.#gone.has(id)));
  }

  /** Names that were sent in a create, of which it is not known whether a handler came of it. */
  get open(): readonly string[] {
    return [...this.#open];
  }

  /** Whether this run has created the handler; true for one that it has deleted since. */
  owns(id: unknown): boolean {
    return this.#owned.has(Number(id));
  }

  /** Before a create is sent. */
  intend(name: string): void {
    this.#write({ event: "intend", name });
  }

  /** When it is certain that the handler came of a create of this run: its name says so. Again, when it was seen after its delete. */
  own(id: number, name: string): void {
    this.#write({ event: "own", id, name });
  }

  gone(id: number): void {
    this.#write({ event: "gone", id });
  }

  void(name: string): void {
    this.#write({ event: "void", name });
  }

  /** Removes the file if nothing is left; else it stays for the next run. */
  close(): void {
    if (this.#file !== undefined && this.left.size === 0 && this.open.length === 0) {
      rmSync(this.#file, { force: true });
    }
  }

  #write(entry: Entry): void {
    if (this.#file !== undefined) appendFileSync(this.#file, `${JSON.stringify(entry)}\n`);
    this.#apply(entry);
  }

  #apply(entry: Entry): void {
    if (entry.event === "intend") this.#open.add(entry.name);
    if (entry.event === "own") {
      this.#owned.set(entry.id, entry.name);
      this.#gone.delete(entry.id);
      this.#open.delete(entry.name);
    }
    if (entry.event === "gone") this.#gone.add(entry.id);
    if (entry.event === "void") this.#open.delete(entry.name);
  }
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((file) => new RegExp(`^${runPattern}\\.jsonl$`).test(file));
  } catch {
    return [];
  }
}

/** The entries of a journal; a last line that was cut off by a crash is left out. */
function linesOf(file: string): unknown[] {
  const entries: unknown[] = [];
  for (const line of readFileSync(file, "utf8").split("\n")) {
    try {
      entries.push(JSON.parse(line));
    } catch {
      break;
    }
  }
  return entries;
}

/** No run goes on for longer than this, in milliseconds: a process of that number is another one by then. */
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
