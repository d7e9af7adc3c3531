import { type Description, shownKind } from "../description/index.ts";

/** Options of sandboxes. All are optional. */
export interface SandboxOptions {
  /** Names of instances, or `family`. Default: all registered instances, unless `descriptions` are given. */
  readonly instances?: readonly string[] | undefined;
  /** Instances that are not registered, or that replace registered ones (also those in `instances`). */
  readonly descriptions?: readonly Description[] | undefined;
  /**
   * An SQLite file, which is created if it does not exist, or the URL of a PostgreSQL database (`postgres://…`), which many sandboxes can
   * share. Without it, the handlers are in memory.
   */
  readonly db?: string | undefined;
  /** The size of the PostgreSQL connection pool. Default: 10. */
  readonly dbConnections?: number | undefined;
  /** Each key is an account of its own. Default: one random key. */
  readonly apiKeys?: readonly string[] | undefined;
  /** How many plausible handlers to create in the first key's account of each instance, if that account is empty. */
  readonly seed?: number | undefined;
  /** The same value gives the same handlers. An integer from 0. Default: 1. */
  readonly seedValue?: number | undefined;
  /** The name of a snapshot to restore at the start, for all keys. Accounts without such a snapshot stay as they are. */
  readonly snapshot?: string | undefined;
  /** Requests per minute and key, from 1. Default: no limit. */
  readonly rateLimit?: number | undefined;
  /**
   * The URL at which clients reach the sandboxes if they are behind a load balancer, which may speak HTTPS: `https://sandbox.example.com`,
   * without a path. Links in lists begin with it. By default they begin with `http` and the host of the request.
   */
  readonly publicUrl?: string | undefined;
  /** The delay of every answer in milliseconds. */
  readonly latency?: number | undefined;
  /** The name of a fault: one way in which the sandboxes deviate from the contract. */
  readonly fault?: string | undefined;
  /** Whether a request may ask for a fault with the header `Sandbox-Fault`. */
  readonly allowFaults?: boolean | undefined;
  /** Whether to refuse all forms that the contract refuses: with unknown fields, with fields of another type, or urlencoded. */
  readonly strict?: boolean | undefined;
  /** The clock, in milliseconds since 1970. */
  readonly now?: (() => number) | undefined;
}

/** An invalid sandbox option. The message is one sentence for the person who set it. */
export class SandboxOptionError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "SandboxOptionError";
  }
}

/** The range of each numeric option: integers from `least` to `most`. */
const numbers = {
  seed: { least: 0, most: 999_999_999 },
  // The generator's state has 32 bits: larger numbers would repeat the handlers of smaller ones.
  seedValue: { least: 0, most: 2 ** 32 - 1 },
  rateLimit: { least: 1, most: 999_999_999 },
  dbConnections: { least: 1, most: 9999 },
  // Node fires longer timers at once.
  latency: { least: 0, most: 2 ** 31 - 1 },
} as const satisfies Partial<Record<keyof SandboxOptions, { least: number; most: number }>>;

/** Throws SandboxOptionError for an option that is invalid or has no effect. Keys are not repeated in messages. */
export function checkOptions(options: SandboxOptions): void {
  for (const [name, { least, most }] of Object.entries(numbers)) {
    const value: unknown = options[name as keyof typeof numbers];
    if (value === undefined || (Number.isInteger(value) && Number(value) >= least && Number(value) <= most))
      continue;
    throw new SandboxOptionError(
      `${name} must be a whole number from ${least} to ${most}, not ${shownKind(value)}.`,
    );
  }
  for (const name of ["db", "snapshot", "publicUrl", "fault"] as const) {
    const value: unknown = options[name];
    if (value !== undefined && typeof value !== "string")
      throw new SandboxOptionError(`${name} must be a text, not ${shownKind(value)}.`);
  }
  if (options.now !== undefined && typeof options.now !== "function")
    throw new SandboxOptionError(`now must be a function, not ${shownKind(options.now)}.`);
  for (const [name, what] of [
    ["descriptions", "instances"],
    ["instances", "names"],
    ["apiKeys", "keys"],
  ] as const) {
    // A text would be taken for a list of its letters.
    if (options[name] !== undefined && !Array.isArray(options[name]))
      throw new SandboxOptionError(`${name} must be a list of ${what}.`);
  }
  for (const key of options.apiKeys ?? []) {
    if (typeof key !== "string" || !/^[\x21-\x7e]+$/.test(key))
      throw new SandboxOptionError(
        "An API key must be printable ASCII without spaces, or no header can carry it.",
      );
  }
  const { publicUrl } = options;
  if (publicUrl !== undefined && !isOrigin(publicUrl)) {
    throw new SandboxOptionError(
      "publicUrl must be an http or https URL without a path, such as https://sandbox.example.com.",
    );
  }
  if (options.db === "") throw new SandboxOptionError("db must name a file; leave it out for none.");
}

function isOrigin(text: string): boolean {
  return /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text.replace(/\/$/, "");
}
