import { InvalidArgumentError } from "commander";
import { isBaseUrl, parseRate, parseShard, type Shard } from "../../contract/index.ts";

/** The command's options. */
export interface Options {
  readonly baseUrl?: string;
  readonly write?: boolean;
  readonly all?: boolean;
  readonly config?: string;
  readonly shard?: Shard;
  readonly parallel: number;
  readonly keysFile?: string;
  readonly sandbox?: boolean;
  readonly fault?: string;
  readonly only?: string[];
  readonly list?: boolean;
  readonly dryRun?: boolean;
  readonly listFaults?: boolean;
  readonly tryFaults?: boolean;
  readonly keys?: boolean;
  readonly sweep?: boolean;
  readonly young?: boolean;
  readonly rate?: number;
  readonly timeout?: number;
  readonly journal?: string;
  readonly baseline?: string;
  readonly writeBaseline?: string;
  readonly compare?: string;
  readonly json?: string;
  readonly junit?: string;
  readonly html?: string;
  readonly metrics?: string;
  readonly summary?: string;
  readonly issues?: string;
  readonly har?: string;
  readonly details?: boolean;
  readonly statements?: boolean;
}

/** A usage error that the user must fix before anything can be checked. */
export class UsageError extends Error {}

const outputs = ["json", "junit", "html", "metrics", "summary", "issues", "har"] as const;

const contradictions: readonly (readonly [keyof Options, readonly (keyof Options)[]])[] = [
  ["sandbox", ["baseUrl", "sweep", "config", "all", "keysFile"]],
  ["list", ["listFaults", "tryFaults", "sweep", "keys"]],
  [
    "dryRun",
    ["list", "listFaults", "tryFaults", "sweep", "sandbox", "keys", "fault", "journal", "statements"],
  ],
  ["dryRun", ["baseline", "writeBaseline", "compare", ...outputs.filter((it) => it !== "json")]],
  ["listFaults", ["tryFaults", "sweep", "sandbox", "keys", "fault"]],
  ["keys", ["tryFaults", "sweep", "sandbox"]],
  ["tryFaults", ["sweep", "sandbox", "baseUrl", "write", "only", "config", "all", "keysFile"]],
  ["tryFaults", ["baseline", "writeBaseline", "compare", ...outputs]],
  ["sweep", ["only", "fault", "baseline", "writeBaseline", "compare", ...outputs]],
  ["config", ["all", "baseUrl"]],
  ["all", ["baseUrl"]],
];

/** Refuses contradicting options: one of the two would be ignored silently, or requests would go to another host than intended. */
export function refuseContradictions(options: Options, names: readonly string[]): void {
  const flag = (name: string) => `--${name.replace(/[A-Z]/g, (it) => `-${it.toLowerCase()}`)}`;
  for (const [one, others] of contradictions) {
    const other = others.find((it) => options[it] !== undefined);
    if (options[one] !== undefined && other !== undefined)
      throw new UsageError(`${flag(one)} and ${flag(other)} exclude each other.`);
  }
  if (options.fault !== undefined && !options.sandbox && !options.tryFaults)
    throw new UsageError("--fault needs --sandbox or --try-faults.");
  if (options.young && !options.sweep) throw new UsageError("--young needs --sweep.");
  if (options.all && names.length > 0)
    throw new UsageError("--all checks every instance whose key is set: leave out the names.");
}

export function parseUrl(text: string): string {
  if (!isBaseUrl(text))
    throw new InvalidArgumentError("It must be an http or https URL without user, query and fragment.");
  return new URL(text).href.replace(/\/+$/, "");
}

export function parseRateOption(text: string): number {
  const rate = parseRate(text);
  if (rate === undefined)
    throw new InvalidArgumentError("It must be a number per s, m or h, such as 30/m, or none.");
  return rate;
}

export function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (!(seconds > 0 && seconds <= 600))
    throw new InvalidArgumentError("It must be a number of seconds, up to 600.");
  return seconds;
}

export function parseShardOption(text: string): Shard {
  const shard = parseShard(text);
  if (shard === undefined)
    throw new InvalidArgumentError("It must be a part and the number of parts, such as 2/5.");
  return shard;
}

export function parseParallel(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > 1_000)
    throw new InvalidArgumentError("It must be a number of hosts, from 1 to 1000.");
  return count;
}
