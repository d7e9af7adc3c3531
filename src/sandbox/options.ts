import type { Description } from "../description/index.ts";

/** How sandboxes behave. Everything is optional. */
export interface SandboxOptions {
  /** Names of instances, or `family`. All of the register where none is named and none is described. */
  readonly instances?: readonly string[] | undefined;
  /** Instances that the register does not have, or has otherwise; a name that stands among `instances`, too, is served as described here. */
  readonly descriptions?: readonly Description[] | undefined;
  /**
   * An SQLite file, made where there is none, or the URL of a PostgreSQL database (`postgres://…`), which many sandboxes can share. Without
   * it the handlers live as long as the process.
   */
  readonly db?: string | undefined;
  /** Connections to PostgreSQL at a time, 10 by default. */
  readonly dbConnections?: number | undefined;
  /** Each key is an account of its own. Without any, one key is made. */
  readonly apiKeys?: readonly string[] | undefined;
  /** So many plausible handlers in the first key's account of each instance, where that is empty. */
  readonly seed?: number | undefined;
  /** Same value, same handlers: a whole number from 0, 1 by default. */
  readonly seedValue?: number | undefined;
  /** The name of a snapshot: the handlers of the keys are those that it has, at the start. What it has none of stays. */
  readonly snapshot?: string | undefined;
  /** Requests per minute and key, from 1; without it there is no limit. */
  readonly rateLimit?: number | undefined;
  /**
   * Where clients reach the sandboxes when it is not this server that they call, but a balancer, which may speak HTTPS: `https://sandbox.example.com`, no path.
   * Links in lists begin with it. Otherwise they name the host that a request was for, with `http`.
   */
  readonly publicUrl?: string | undefined;
  /** Milliseconds before each answer. */
  readonly latency?: number | undefined;
  /** The name of the one way in which the sandboxes deviate from the contract. */
  readonly fault?: string | undefined;
  /** Whether single requests may ask for a fault with the header `Sandbox-Fault`. */
  readonly allowFaults?: boolean | undefined;
  /** Whether forms are refused as the contract refuses them: with unknown fields, with fields of another type, or urlencoded. */
  readonly strict?: boolean | undefined;
  /** The clock, in milliseconds since 1970. */
  readonly now?: (() => number) | undefined;
}

/** An option that can't be meant as it is. The message is one sentence for whoever set it. */
export class SandboxOptionError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "SandboxOptionError";
  }
}

/** The numbers that each option takes: whole ones from `least` to `most`. */
const numbers = {
  seed: { least: 0, most: 999_999_999 },
  // The generator's state has 32 bits: a number above would give the handlers of another.
  seedValue: { least: 0, most: 2 ** 32 - 1 },
  rateLimit: { least: 1, most: 999_999_999 },
  dbConnections: { least: 1, most: 9999 },
  // A longer wait is none in Node.
  latency: { least: 0, most: 2 ** 31 - 1 },
} as const satisfies Partial<Record<keyof SandboxOptions, { least: number; most: number }>>;

/** Throws SandboxOptionError for an option that would be misunderstood, or of no effect. Keys are not repeated. */
export function checkOptions(options: SandboxOptions): void {
  for (const [name, { least, most }] of Object.entries(numbers)) {
    const value: unknown = options[name as keyof typeof numbers];
    if (value === undefined || (Number.isInteger(value) && Number(value) >= least && Number(value) <= most))
      continue;
    const given = typeof value === "number" ? String(value) : `a ${typeof value}`;
    throw new SandboxOptionError(`${name} must be a whole number from ${least} to ${most}, not ${given}.`);
  }
  for (const key of options.apiKeys ?? []) {
    if (!/^[\x21-\x7e]+$/.test(key))
      throw new SandboxOptionError(
        "An API key must be printable ASCII without spaces, or no header can carry it.",
      );
  }
  const { publicUrl } = options;
  if (publicUrl !== undefined && !isOrigin(publicUrl)) {
    throw new SandboxOptionError(
      "publicUrl must be an address with http:// or https:// and no path: https://sandbox.example.com.",
    );
  }
  if (options.db === "") throw new SandboxOptionError("db must name a file; leave it out for none.");
}

function isOrigin(text: string): boolean {
  return /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text.replace(/\/$/, "");
}
