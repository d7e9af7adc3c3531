import type { SandboxOptions } from "./sandbox.ts";

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
  if (options.db === "") throw new SandboxOptionError("db must name a file; leave it out for none.");
}
