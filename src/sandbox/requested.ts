import type { FastifyRequest } from "fastify";
import { nearest } from "../description/index.ts";
import { Refusal } from "../http/index.ts";
import { faultHeader, type Preferences, readPrefer, readPreferences } from "../preferences/index.ts";
import type { Fault } from "./faults/fault.ts";
import { switchedFault } from "./faults/index.ts";
import type { Instance, Route } from "./instance.ts";

/** A client's preferences for an answer. */
export interface HonouredPreferences {
  /** The preferences that are honoured. */
  readonly honoured: Partial<Preferences>;
  /** Whether to answer from the contract (an example, or generated data) instead of from stored data. */
  readonly isOfContract: boolean;
}

/** Reads the preferences of a request. An answer from stored data can't be replaced by another success, only by an error. */
export function readHonoured(header: string, { operation }: Route): HonouredPreferences | Refusal {
  try {
    const { code, example, dynamic, seed, delay } = readPreferences(operation, readPrefer(header));
    if (example !== undefined || (dynamic && (code ?? 0) < 400))
      return { honoured: { code, example, dynamic, seed, delay }, isOfContract: true };
    return {
      honoured: { code: code === undefined || code < 400 ? undefined : code, delay },
      isOfContract: false,
    };
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

const faultsNotAllowed =
  "Sandbox-Fault is not allowed here: start the sandbox with --allow-faults (allowFaults in code).";

/**
 * The fault for a request: the one that the sandbox was started with, or the one that the header asks for, or the one that is switched on.
 * A Refusal if the header is not allowed, or names no fault that this instance can have.
 */
export function readFault(
  { headers }: FastifyRequest,
  { fault, faults, model }: Instance,
  switched: string | undefined,
): Fault | undefined | Refusal {
  const name = headers[faultHeader];
  if (name !== undefined && faults === undefined) return new Refusal(400, faultsNotAllowed);
  if (fault !== undefined) return fault;
  if (name === undefined) return switchedFault(switched);
  const asked = faults?.get(String(name));
  if (asked !== undefined && asked.appliesTo?.(model) !== false) return asked;
  const names = [...(faults?.values() ?? [])]
    .filter((it) => it.appliesTo?.(model) !== false)
    .map((it) => it.name);
  return new Refusal(400, `Sandbox-Fault names no fault of this instance: ${nearest(String(name), names)}.`);
}
