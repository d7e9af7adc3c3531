import { loadDescription } from "../../description/index.ts";
import type { BaselineFile } from "../baseline/index.ts";
import type { Keys } from "../wire/index.ts";

/** An instance of a fleet, and how it is checked. */
export interface Member {
  /** Its name in reports. */
  readonly name: string;
  /** The instance whose contract it must keep. */
  readonly instance: string;
  readonly baseUrl: string;
  /** The keys, or why there are none. Without keys the member is reported as not set up. */
  readonly keys: Keys | { readonly missing: string };
  readonly write: boolean;
  /** Milliseconds between two requests. */
  readonly interval: number;
  /** The time limit of a request with its answer, in milliseconds. */
  readonly timeout: number;
  readonly baseline?: BaselineFile | undefined;
}

export function hasKeys(member: Member): member is Member & { readonly keys: Keys } {
  return !("missing" in member.keys);
}

/** The default pace, in milliseconds between two requests: 30 a minute for other people's hosts, unlimited on this machine. */
export function usualInterval(baseUrl: string): number {
  return isHere(baseUrl) ? 0 : 2_000;
}

function isHere(baseUrl: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(baseUrl).hostname);
}

/** The base URL of an instance, from its contract. Throws UnknownInstanceError. */
export function usualBaseUrl(instance: string): string {
  return loadDescription(instance).baseUrl;
}
