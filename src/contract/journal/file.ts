import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { RunStopped } from "../stopped.ts";
import { runPattern } from "./marker.ts";

export interface Header {
  readonly run: string;
  readonly instance: string;
  readonly baseUrl: string;
  readonly account: string;
  /** The process that writes it. */
  readonly process: number;
}

export type Entry =
  | { readonly event: "intend"; readonly name: string }
  | { readonly event: "own"; readonly id: number; readonly name: string }
  | { readonly event: "gone"; readonly id: number }
  /** The run is over; what is left waits for a sweep. */
  | { readonly event: "end" }
  /** A search showed that an intention came to nothing. */
  | { readonly event: "void"; readonly name: string };

/** Parent by parent: the way of Node.js to make them all at once never ends below a folder such as `/proc`. */
export function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder, { mode: 0o700 });
}

export function unwritable(path: string, error: unknown): RunStopped {
  return new RunStopped("journal", `The journal ${path} can't be written: ${(error as Error).message}`);
}

export function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((file) => new RegExp(`^${runPattern}\\.jsonl$`).test(file));
  } catch {
    return [];
  }
}

export function isHeader(value: unknown): value is Header {
  const { run, account } = (value ?? {}) as Partial<Header>;
  return typeof run === "string" && typeof account === "string";
}

/** The entries of a journal; a line that was cut off by a crash, or damaged, is passed over. */
export function linesOf(file: string): unknown[] {
  const entries: unknown[] = [];
  for (const line of readFileSync(file, "utf8").split("\n")) {
    try {
      const entry: unknown = JSON.parse(line);
      if (typeof entry === "object" && entry !== null) entries.push(entry);
    } catch {}
  }
  return entries;
}
