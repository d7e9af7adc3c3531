import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { RunStopped } from "../stopped.ts";
import { runPattern } from "./marker.ts";

/** The first line of a journal: whose it is. */
export interface Header {
  readonly run: string;
  readonly instance: string;
  readonly baseUrl: string;
  readonly account: string;
  /** The process id of the run. */
  readonly process: number;
}

/** Each further line: what has happened to a handler, or is about to. */
export type Entry =
  | { readonly event: "intend"; readonly name: string }
  | { readonly event: "own"; readonly id: number; readonly name: string }
  | { readonly event: "gone"; readonly id: number }
  /** The run is over; leftovers wait for a sweep. */
  | { readonly event: "end" }
  /** A search has shown that an announced create made no handler. */
  | { readonly event: "void"; readonly name: string };

/** Creates folders parent by parent: Node's recursive mkdir never returns below a folder such as `/proc`. */
export function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder, { mode: 0o700 });
}

/** The error for a journal that can't be written. */
export function unwritable(path: string, error: unknown): RunStopped {
  return new RunStopped("journal", `The journal ${path} can't be written: ${(error as Error).message}`);
}

const journalName = new RegExp(`^${runPattern}\\.jsonl$`);

/** The names of the journals in a folder; none if it can't be read. */
export function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((file) => journalName.test(file));
  } catch {
    return [];
  }
}

/** The content of a journal, and its damage in sentences. */
export interface Content {
  /** Undefined if not even the first line can be read. */
  readonly header: Header | undefined;
  readonly entries: readonly Entry[];
  readonly damage: readonly string[];
}

/** Reads a journal. Lines that a crash has cut off, or that are damaged, are reported and skipped; so is an unreadable file. */
export function readJournal(file: string): Content {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const damage = [`The journal ${file} can't be read, and was passed over: ${(error as Error).message}`];
    return { header: undefined, entries: [], damage };
  }
  const [first = "", ...lines] = text.split("\n");
  const header = parsed(first);
  if (!isHeader(header)) {
    const damage = [
      `Line 1 of the journal ${file} is damaged, so the file was passed over. Delete it after a --sweep.`,
    ];
    return { header: undefined, entries: [], damage };
  }
  const damage: string[] = [];
  const entries: Entry[] = [];
  for (const [index, line] of lines.entries()) {
    const entry = parsed(line);
    if (isEntry(entry)) entries.push(entry);
    else if (line !== "")
      damage.push(`Line ${index + 2} of the journal ${file} is damaged, and was passed over.`);
  }
  return { header, entries, damage };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function isHeader(value: unknown): value is Header {
  const { run, account, process } = (value ?? {}) as Partial<Header>;
  const isRun = typeof run === "string" && new RegExp(`^${runPattern}$`).test(run);
  return isRun && typeof account === "string" && Number.isInteger(process) && Number(process) > 0;
}

function isEntry(value: unknown): value is Entry {
  const { event, id, name } = (value ?? {}) as Partial<Record<"event" | "id" | "name", unknown>>;
  if (event === "end") return true;
  if (event === "gone") return Number.isSafeInteger(id);
  const isNamed = typeof name === "string";
  return event === "own"
    ? isNamed && Number.isSafeInteger(id)
    : (event === "intend" || event === "void") && isNamed;
}
